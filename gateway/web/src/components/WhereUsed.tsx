import { Button, Checkbox, Drawer, Spin } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Item } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { DataTable } from './DataTable';
import { ProblemAlert } from './Problem';

const WHERE_USED: Text = ['用于何处', 'Where used'];
const NOWHERE: Text = ['没有工艺路线使用它', 'No routing uses it'];
const ALL: Text = ['包括不再生效的版本', 'Also the revisions that orders do not follow now'];
const PER_PIECE: Text = ['每件 {quantity}', '{quantity} a piece'];
const IN_TOTAL: Text = ['合计 {quantity} {unit}', '{quantity} {unit} in all'];
const AT_STEP: Text = ['于 {step}', 'at {step}'];
const AGAIN: Text = ['循环：已在上层出现', 'a circle: it stands above already'];
const FINAL: Text = ['最终产品', 'goes into nothing else'];
const OPEN: Text = ['展开 {product}', 'Open {product}'];
const CLOSE: Text = ['收起 {product}', 'Close {product}'];
const LIST_MAX = 1000;

type Routing = Item<'/api/work-orders/routings'>;

/** What a material goes into, level by level up to what is sold; each level is read when it is opened. */
export function WhereUsed({ material }: { material: string }) {
  const t = useText();
  const [isAll, setIsAll] = useState(false);
  return (
    <div className="sheet padded">
      <Level material={material} path={[material]} isAll={isAll} perPiece={1} isFirst />
      <Checkbox checked={isAll} onChange={event => setIsAll(event.target.checked)}>
        {t(ALL)}
      </Checkbox>
    </div>
  );
}

interface LevelProps {
  material: string;
  /** What stands above, from the material that is asked about: a circle ends there. */
  path: string[];
  isAll: boolean;
  /** How much of what is asked about is in a piece of this material. */
  perPiece: number;
  unit?: string;
  isFirst?: boolean;
}

function Level({ material, path, isAll, perPiece, unit, isFirst = false }: LevelProps) {
  const t = useText();
  const found = useRead('/api/work-orders/routings', { query: { material, size: LIST_MAX } });
  if (found.isLoading) return <Spin size="small" />;
  if (found.isError) return <ProblemAlert problem={found.error} retry={() => void found.refetch()} />;
  const rows = found.data!.items.filter(routing => isAll || routing.isCurrent);
  if (rows.length === 0) return <p className="muted small">{t(isFirst ? NOWHERE : FINAL)}</p>;
  return (
    <ul className="used">
      {rows.map(routing => (
        <Use key={`${routing.code} ${routing.revision}`} {...{ routing, material, path, isAll, perPiece, unit }} />
      ))}
    </ul>
  );
}

function Use({ routing, material, path, isAll, perPiece, unit }: LevelProps & { routing: Routing }) {
  const t = useText();
  const [isOpen, setIsOpen] = useState(false);
  const parts = routing.components.filter(one => one.material === material);
  const own = parts[0]?.unit ?? '';
  const isOneUnit = parts.every(one => one.unit === own);
  const quantity = parts.reduce((sum, one) => sum + one.quantityPerUnit, 0);
  const apart = parts.map(one => `${number(one.quantityPerUnit, 6)} ${one.unit}`).join(' + ');
  const total = quantity * perPiece;
  const isCircle = path.includes(routing.product);
  const steps = parts.map(one => one.step).filter(Boolean);
  return (
    <li>
      <div className="use">
        <Button
          type="text"
          size="small"
          disabled={isCircle}
          aria-expanded={isOpen}
          aria-label={t(isOpen ? CLOSE : OPEN, { product: routing.product })}
          onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? '▾' : '▸'}
        </Button>
        <Link to={addressOf('/products/one', {}, { code: routing.product })}>{routing.product}</Link>
        <span>{t(PER_PIECE, { quantity: isOneUnit ? `${number(quantity, 6)} ${own}` : apart })}</span>
        {path.length > 1 && isOneUnit && (
          <span className="muted">{t(IN_TOTAL, { quantity: number(total, 6), unit: unit ?? own })}</span>
        )}
        {steps.length > 0 && <span className="muted">{t(AT_STEP, { step: steps.join(', ') })}</span>}
        <Link to={addressOf('/routings/one', {}, { code: routing.code, revision: routing.revision })} className="muted">
          {routing.code} / {routing.revision}
        </Link>
        {routing.effectiveFrom && <span className="muted">{dateTime(routing.effectiveFrom)} →</span>}
        {isCircle && <span className="tag warn">{t(AGAIN)}</span>}
      </div>
      {isOpen && !isCircle && (
        <Level material={routing.product} path={[...path, routing.product]} isAll={isAll} perPiece={total} unit={unit ?? own} />
      )}
    </li>
  );
}

/** The same from a list. Who may not read routings does not see it. */
export function WhereUsedButton({ material }: { material: string }) {
  const t = useText();
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  if (!may('get', '/api/work-orders/routings')) return null;
  return (
    <>
      <Button type="text" size="small" onClick={() => setIsOpen(true)}>
        {t(WHERE_USED)}
      </Button>
      <Drawer title={`${t(WHERE_USED)} · ${material}`} size={720} open={isOpen} onClose={() => setIsOpen(false)} destroyOnHidden>
        <WhereUsed material={material} />
      </Drawer>
    </>
  );
}

/** The routings with a step that equipment can do. */
export const RoutingsOf = ({ equipment }: { equipment: string }) => (
  <DataTable
    path="/api/work-orders/routings"
    query={{ equipment }}
    filters={['product', 'effectiveAt']}
    open={row => addressOf('/routings/one', {}, { code: row.code, revision: row.revision })}
    rowKey={row => `${row.code} ${row.revision}`}
    columns={[
      'code',
      'revision',
      'product',
      {
        member: 'steps',
        render: row =>
          row.steps
            .filter(step => step.equipment.includes(equipment))
            .map(step => step.code)
            .join(', '),
      },
      'effectiveFrom',
      'effectiveTo',
    ]}
  />
);
