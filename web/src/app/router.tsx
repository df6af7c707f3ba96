import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { Loading } from '../ui/loading.tsx';
import { NotFound } from './not-found.tsx';
import { PageFailed } from './page-failed.tsx';
import { textSearch } from './search.ts';
import { SignedIn } from './signed-in.tsx';

const root = createRootRoute({ notFoundComponent: NotFound });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: SignedIn });
const child = { getParentRoute: () => shell };

const overview = createRoute({
  ...child,
  path: '/',
  validateSearch: textSearch('range'),
  component: lazyRouteComponent(() => import('../pages/overview/overview-page.tsx'), 'OverviewPage'),
});
const start = createRoute({
  ...child,
  path: '/start',
  validateSearch: textSearch('server', 'policy'),
  component: lazyRouteComponent(() => import('../pages/start/start-page.tsx'), 'StartPage'),
});
const servers = createRoute({
  ...child,
  path: '/servers',
  validateSearch: textSearch('text'),
  component: lazyRouteComponent(() => import('../pages/servers/servers-page.tsx'), 'ServersPage'),
});
const addServer = createRoute({
  ...child,
  path: '/servers/add',
  validateSearch: textSearch('next', 'tab'),
  component: lazyRouteComponent(() => import('../pages/servers/add/add-page.tsx'), 'AddPage'),
});
const fromCatalog = createRoute({
  ...child,
  path: '/servers/new',
  validateSearch: textSearch('catalog', 'tool'),
  component: lazyRouteComponent(
    () => import('../pages/from-catalog/from-catalog-page.tsx'),
    'FromCatalogPage',
  ),
});
const server = createRoute({
  ...child,
  path: '/servers/$server',
  validateSearch: textSearch('tab', 'tool', 'text', 'class', 'state', 'policy', 'connected', 'connect_error'),
  component: lazyRouteComponent(() => import('../pages/server/server-page.tsx'), 'ServerPage'),
});
const newPolicy = createRoute({
  ...child,
  path: '/servers/$server/policies/new',
  validateSearch: textSearch('next', 'tool', 'catalog', 'call'),
  component: lazyRouteComponent(() => import('../pages/builder/new-policy-page.tsx'), 'NewPolicyPage'),
});
const policies = createRoute({
  ...child,
  path: '/policies',
  validateSearch: textSearch('text'),
  component: lazyRouteComponent(() => import('../pages/policies/policies-page.tsx'), 'PoliciesPage'),
});
const policy = createRoute({
  ...child,
  path: '/policies/$policy',
  validateSearch: textSearch('subject', 'call', 'next'),
  component: lazyRouteComponent(() => import('../pages/builder/policy-page.tsx'), 'PolicyPage'),
});
const grants = createRoute({
  ...child,
  path: '/grants',
  validateSearch: textSearch('text', 'server', 'policy', 'state'),
  component: lazyRouteComponent(() => import('../pages/grants/grants-page.tsx'), 'GrantsPage'),
});
const log = createRoute({
  ...child,
  path: '/log',
  validateSearch: textSearch('server', 'grant', 'tool', 'outcome', 'rule', 'from', 'to', 'text', 'call'),
  component: lazyRouteComponent(() => import('../pages/log/log-page.tsx'), 'LogPage'),
});
const approvals = createRoute({
  ...child,
  path: '/approvals',
  validateSearch: textSearch('show', 'id'),
  component: lazyRouteComponent(() => import('../pages/approvals/approvals-page.tsx'), 'ApprovalsPage'),
});
/** The link that an agent is told for its approver. */
const approval = createRoute({
  ...child,
  path: '/approvals/$approval',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/approvals', search: { show: 'all', id: params.approval }, replace: true });
  },
});
/** The link of an alert. */
const decision = createRoute({
  ...child,
  path: '/decisions/$decision',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/log', search: { call: params.decision }, replace: true });
  },
});
const stack = createRoute({
  ...child,
  path: '/stack',
  validateSearch: textSearch('class', 'text', 'server'),
  component: lazyRouteComponent(() => import('../pages/stack/stack-page.tsx'), 'StackPage'),
});
const settings = createRoute({
  ...child,
  path: '/settings',
  validateSearch: textSearch('tab'),
  component: lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage'),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: textSearch('to', 'error'),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: '/second-factor',
  validateSearch: textSearch('to'),
  component: lazyRouteComponent(() => import('../pages/sign-in/second-factor-page.tsx'), 'SecondFactorPage'),
});
const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  validateSearch: textSearch('token', 'error'),
  component: lazyRouteComponent(() => import('../pages/sign-in/new-password-page.tsx'), 'NewPasswordPage'),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: textSearch('token'),
  component: lazyRouteComponent(() => import('../pages/welcome/welcome-page.tsx'), 'WelcomePage'),
});
const join = createRoute({
  getParentRoute: () => root,
  path: '/join/$invitation',
  component: lazyRouteComponent(() => import('../pages/join/join-page.tsx'), 'JoinPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    shell.addChildren([
      overview,
      start,
      servers,
      addServer,
      fromCatalog,
      server,
      newPolicy,
      policies,
      policy,
      grants,
      log,
      approvals,
      approval,
      decision,
      stack,
      settings,
    ]),
    signIn,
    secondFactor,
    newPassword,
    welcome,
    join,
  ]),
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NotFound,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
}
