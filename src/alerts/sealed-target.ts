/** Where an alert goes, as its row holds it. */
import type { AlertRow, SecretBox } from '../store/index.ts';
import type { AlertTarget } from './types.ts';

export function sealTarget(box: SecretBox, id: string, target: AlertTarget): string {
  return box.seal(JSON.stringify(target), { table: 'alerts', id });
}

/** @throws PC_MASTER_KEY */
export function openTarget(
  box: SecretBox,
  { id, sealedTarget }: Pick<AlertRow, 'id' | 'sealedTarget'>,
): AlertTarget {
  return JSON.parse(box.open(sealedTarget, { table: 'alerts', id })) as AlertTarget;
}
