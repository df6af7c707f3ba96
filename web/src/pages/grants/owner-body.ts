import type { OwnerInput } from './owner-fields.tsx';

/** The fields as the API takes them. */
export function ownerBody({ owner, tags, addresses }: OwnerInput) {
  return {
    owner: owner.trim() === '' ? null : owner.trim(),
    tags: listed(tags),
    allowedAddresses: listed(addresses),
  };
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
