import type { Role } from '../../api/queries/session.ts';
import type { Choice } from '../../ui/select.tsx';

export const ROLE_CHOICES: readonly Choice<Role>[] = [
  { value: 'viewer', text: 'Viewer: sees everything, changes nothing' },
  { value: 'policy_manager', text: 'Policy manager: changes policies too' },
  { value: 'admin', text: 'Admin: everything' },
];
