import { addressOf } from '@/lib/api/client';

/** Where what was traced is shown: a piece where reports name it, else its lot. */
export const tracedAddress = ({ material, lot, serial }: { material: string; lot: string; serial?: string | null }) =>
  serial ? addressOf('/serials/one', {}, { product: material, serial }) : addressOf('/lots/one', {}, { material, lot });
