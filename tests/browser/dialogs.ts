/** Everything of the dashboard that opens above a page: where it is, and what opens it. */
import type { Locator, Page } from 'playwright-core';

export interface Overlay {
  readonly path: string;
  /** What to do before there is something to open it. */
  readonly before?: (page: Page) => Promise<void>;
  readonly opener: (page: Page) => Locator;
  /** An item of the menu that the opener opens; without one it is a dialog or the menu itself. */
  readonly item?: string;
  /** What it holds once it is there. */
  readonly shown: string;
  readonly role?: 'menu';
  /** What to do in it before it is looked at. */
  readonly inside?: (page: Page) => Promise<void>;
  readonly phoneOnly?: boolean;
  /** `before` leaves something on the page that is not saved. */
  readonly drafts?: boolean;
}

const button =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('button', { name }).first();
const ofGrant = (item: string, shown: string, inside?: Overlay['inside']): Overlay => ({
  path: '/grants',
  opener: button('Actions on test'),
  item,
  shown,
  ...(inside === undefined ? {} : { inside }),
});
const inEditor = (policyId: string, rest: Omit<Overlay, 'path'>): Overlay => ({
  path: `/policies/${policyId}?subject=execute_code`,
  ...rest,
});
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();

export function overlays(policyId: string): readonly Overlay[] {
  return [
    { path: '/', opener: button('Open the menu'), shown: 'Menu', phoneOnly: true },
    { path: '/policies', opener: button('New policy'), shown: 'For which server?' },
    { path: '/grants', opener: button('Mint a grant'), shown: 'Mint it' },
    { path: '/grants', opener: button('Actions on test'), shown: 'Revoke…', role: 'menu' },
    ofGrant('Show the token and configuration', 'Configuration for'),
    ofGrant('Edit…', 'Only from these addresses'),
    ofGrant('Servers and policies…', 'See what changes'),
    ofGrant('Servers and policies…', 'Change it', async (page) => {
      await page.getByRole('dialog').getByRole('checkbox', { name: 'Personal' }).check();
      await page.getByRole('button', { name: 'See what changes' }).click();
    }),
    ofGrant('Rotate the token…', 'The old token still works'),
    ofGrant('Revoke…', 'Revoke it'),
    inEditor(policyId, { opener: button('More'), shown: 'Remove this policy…', role: 'menu' }),
    inEditor(policyId, { opener: button('More'), item: 'Remove this policy…', shown: 'Remove it' }),
    inEditor(policyId, { opener: button('More'), item: 'Rename…', shown: 'What it says stays' }),
    inEditor(policyId, {
      before: async (page) => {
        await page.getByLabel('What holds for list_apis').first().selectOption('hide');
      },
      drafts: true,
      opener: button('Save'),
      shown: 'What changed, and why',
    }),
    inEditor(policyId, {
      before: tab('Versions'),
      opener: button('Compare'),
      shown: 'and the policy as it stands here',
    }),
    inEditor(policyId, {
      before: tab('Versions'),
      opener: button('Roll back'),
      shown: 'Roll back to version 1',
    }),
    {
      path: '/servers/forge',
      opener: button(/^execute_code/),
      shown: 'Why it is',
    },
    { path: '/servers/forge?tab=settings', opener: button('Remove the server'), shown: 'to confirm' },
    { path: '/servers/forge?tab=access', opener: button('Change how'), shown: 'How the gateway signs in' },
    { path: '/log', opener: button(/execute_code.*Forge/), shown: 'Make a rule' },
    { path: '/log', opener: button('Export'), shown: 'As CSV', role: 'menu' },
    {
      path: '/log',
      opener: button('Export'),
      item: 'A copy that proves itself…',
      shown: 'log verify log.jsonl',
    },
    { path: '/approvals', opener: button(/^delete_skill/), shown: 'Agree to this call' },
    { path: '/settings', opener: button('Invite somebody'), shown: 'E-mail' },
    { path: '/settings', opener: button('Remove'), shown: 'They lose access at once' },
    { path: '/settings?tab=keys', opener: button('New key'), shown: 'Label' },
    { path: '/settings?tab=keys', opener: button('Remove'), shown: 'Remove it' },
    { path: '/settings?tab=alerts', opener: button('New alert'), shown: 'New alert' },
    { path: '/settings?tab=alerts', opener: button('Edit'), shown: 'On call' },
    { path: '/settings?tab=alerts', opener: button('Remove'), shown: 'Remove it' },
  ];
}
