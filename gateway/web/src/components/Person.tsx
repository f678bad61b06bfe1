import { useQuery } from '@tanstack/react-query';
import { readAll } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';

const OPERATORS = '/api/work-orders/operators';
const FRESH_MS = 300_000;
const SYSTEM: Text = ['系统', 'The system'];
const CALLED: Text = ['{code} · {name}', '{code} · {name}'];
/** By what the services sign what they do by themselves. */
const SERVICES = new Set(['quality', 'system']);

/** The members of which a code is one of a person. */
export const PEOPLE: ReadonlySet<string> = new Set([
  ...['operator', 'placedBy', 'releasedBy', 'decidedBy', 'settledBy', 'recordedBy', 'writtenBy', 'addedBy', 'removedBy'],
]);

/** Somebody by code and name, where the code is known. */
export function Person({ code }: { code: string }) {
  const t = useText();
  const may = useMay()('get', OPERATORS);
  const names = useQuery({
    queryKey: [OPERATORS, 'names'],
    enabled: may,
    staleTime: FRESH_MS,
    refetchInterval: false,
    queryFn: async ({ signal }) => {
      const all = (await readAll(OPERATORS, { signal })) as { code: string; name: string }[];
      return new Map(all.map(one => [one.code, one.name]));
    },
  });
  const name = names.data?.get(code);
  if (!name && SERVICES.has(code)) return t(SYSTEM);
  return name && name !== code ? t(CALLED, { code, name }) : code;
}
