import { useQueries } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { addressOf, read } from '@/lib/api/client';
import { useMay, useSession } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { areasOf } from './navigation';

const TITLE: Text = [
  '查找工单、产品、序列号、批次、设备、人员或页面',
  'Find orders, products, serials, lots, equipment, people, pages',
];
const NOTHING: Text = ['没有找到', 'Nothing found'];
const PAGE: Text = ['页面', 'Page'];
const FOUND_MAX = 6;

interface Row {
  [member: string]: string;
}
interface Searched {
  path: '/api/work-orders/orders';
  name: Text;
  show: (row: Row) => [string, string];
  to: (row: Row) => string;
}

const searched = (path: string, name: Text, show: Searched['show'], to: Searched['to']) => ({ path, name, show, to }) as Searched;

const SEARCHED: Searched[] = [
  searched(
    '/api/work-orders/orders',
    ['工单', 'Order'],
    row => [row.order!, row.product!],
    row => `/orders/${row.id}`,
  ),
  searched(
    '/api/work-orders/products',
    ['产品', 'Product'],
    row => [row.code!, row.name!],
    row => addressOf('/products/one', {}, { code: row.code }),
  ),
  searched(
    '/api/work-orders/serials',
    ['单件', 'Piece'],
    row => [row.serial!, row.product!],
    row => addressOf('/serials/one', {}, { product: row.product, serial: row.serial }),
  ),
  searched(
    '/api/inventory/lots',
    ['批次', 'Lot'],
    row => [row.lot!, row.material!],
    row => addressOf('/lots/one', {}, { material: row.material, lot: row.lot }),
  ),
  searched(
    '/api/equipment/units',
    ['设备', 'Equipment'],
    row => [row.code!, row.name!],
    row => addressOf('/units/one', {}, { code: row.code }),
  ),
  searched(
    '/api/identity/people',
    ['人员', 'Person'],
    row => [row.code!, row.name!],
    row => addressOf('/people', {}, { search: row.code }),
  ),
];

/** Everything by its beginning, from one place: Ctrl-K. */
export function SearchEverywhere({ onClose }: { onClose: () => void }) {
  const t = useText();
  const may = useMay();
  const { permissions } = useSession();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const search = typed.trim();
  const asked = SEARCHED.filter(one => may('get', one.path));
  const answers = useQueries({
    queries: asked.map(one => ({
      queryKey: [one.path, 'search', search],
      enabled: search.length > 0,
      staleTime: 10_000,
      refetchInterval: false as const,
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await read(one.path, { query: { search, size: FOUND_MAX } }, signal)).items as unknown as Row[],
    })),
  });
  const places = useMemo(() => areasOf(permissions).flatMap(area => area.places), [permissions]);
  // What comes later comes below: nothing moves away under the finger, and Enter takes what stands first
  const waited = answers.findIndex(answer => answer.isLoading);
  const answered = waited < 0 ? asked.length : waited;
  const found = [
    ...asked
      .slice(0, answered)
      .flatMap((one, index) =>
        (answers[index]?.data ?? []).map(row => ({ kind: one.name, text: one.show(row), to: one.to(row) })),
      ),
    ...places
      .filter(place => search && waited < 0 && place.name.some(name => name.toLowerCase().includes(search.toLowerCase())))
      .map(place => ({ kind: PAGE, text: [t(place.name), ''] as [string, string], to: place.to })),
  ];
  const go = (to: string) => {
    onClose();
    void navigate(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && found[chosen]) go(found[chosen].to);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setChosen(now => Math.min(Math.max(now + step, 0), Math.max(found.length - 1, 0)));
  };
  return (
    <Modal open onCancel={onClose} footer={null} title={t(TITLE)} width={620}>
      <Input
        autoFocus
        size="large"
        value={typed}
        onKeyDown={onKeyDown}
        aria-label={t(TITLE)}
        id="search-everywhere"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="found"
        aria-activedescendant={found[chosen] ? `found-${chosen}` : undefined}
        onChange={event => {
          setTyped(event.target.value);
          setChosen(0);
        }}
      />
      <ul className="found" id="found" role="listbox" aria-label={t(TITLE)}>
        {found.map((one, index) => (
          <li
            key={one.to + index}
            id={`found-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => go(one.to)}
            onMouseEnter={() => setChosen(index)}>
            <span className="muted">{t(one.kind)}</span>
            <strong>{one.text[0]}</strong>
            <span>{one.text[1]}</span>
          </li>
        ))}
      </ul>
      {search && found.length === 0 && waited < 0 && <p className="muted">{t(NOTHING)}</p>}
    </Modal>
  );
}
