import {
  Activity,
  BadgeCheck,
  KeyRound,
  Layers,
  LayoutDashboard,
  ScrollText,
  Server,
  Settings,
  type LucideIcon,
} from 'lucide-react';

export interface Place {
  readonly to: '/' | '/servers' | '/policies' | '/grants' | '/log' | '/stack' | '/approvals' | '/settings';
  readonly text: string;
  readonly icon: LucideIcon;
}

/** What the navigation leads to. */
export const PLACES: readonly Place[] = [
  { to: '/', text: 'Overview', icon: LayoutDashboard },
  { to: '/servers', text: 'Servers', icon: Server },
  { to: '/policies', text: 'Policies', icon: ScrollText },
  { to: '/grants', text: 'Grants', icon: KeyRound },
  { to: '/log', text: 'Live log', icon: Activity },
  { to: '/approvals', text: 'Approvals', icon: BadgeCheck },
  { to: '/stack', text: 'Stack', icon: Layers },
  { to: '/settings', text: 'Settings', icon: Settings },
];
