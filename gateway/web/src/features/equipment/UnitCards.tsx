import { Drawer, Empty } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { AtOnceButton } from '@/components/AtOnceButton';
import { Loaded } from '@/components/Page';
import { Person } from '@/components/Person';
import { ProblemAlert } from '@/components/Problem';
import { SheetTable } from '@/components/SheetTable';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import type { Item } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { Subject } from '@/lib/subject';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { WAITS } from '@/lib/words/waits';
import { nameOf, valueOf } from '@/lib/words/words';
import { earliestStart, isWaiting, nextStart } from './doNext';

const TITLE: Text = ['{unit} 的作业', 'Work at {unit}'];
const UNIT: Text = ['设备页面', 'About the unit'];
const NOTHING: Text = ['这里没有待做的工序', 'No operation waits here'];
const MORE: Text = ['只显示前 {count} 道工序，后面还有', 'The first {count} are shown; more follow them'];
const READY: Text = ['可以开工', 'Ready'];
const WAITS_FOR: Text = ['等待：{reasons}', 'Waits for: {reasons}'];
const AND: Text = ['、', ', '];
const OPEN: Text = ['待做 {open} {unit}', '{open} {unit} to do'];
const PLANNED: Text = ['计划 {time}', 'Planned {time}'];
const NOT_PLANNED: Text = ['未排程', 'Not planned'];
const DUE: Text = ['交期 {time}', 'Due {time}'];
const WHEN: Text = ['时间', 'When'];
const WHO: Text = ['谁', 'Who'];
const FOR: Text = ['指派给', 'For'];
const STATE: Text = ['状态', 'State'];
const PINNED: Text = ['已锁定', 'Pinned'];
const RUSH: Text = ['加急', 'Rush'];
const VERBS: Text = ['操作', 'Actions'];
const ASSIGN: Text = ['指派', 'Assign'];
const TAKE_BACK: Text = ['取消指派', 'Take back'];
const DO_NEXT: Text = ['下一个做', 'Do next'];
const MOVE: Text = ['移到…', 'Move to…'];
const RELEASE: Text = ['解锁', 'Release'];
const SHOWN_MAX = 200;

type Card = Item<'/api/work-orders/dispatch'>;

/** What waits at a unit and why, in the order of its dispatch list: who is asked to do it, and what is done next. */
export function UnitCards({ unit, onClose }: { unit: string | null; onClose: () => void }) {
  const t = useText();
  return (
    <Drawer
      title={t(TITLE, { unit: unit ?? '' })}
      open={unit !== null}
      onClose={onClose}
      size={1120}
      destroyOnHidden
      extra={unit !== null && <Link to={addressOf('/units/one', {}, { code: unit })}>{t(UNIT)}</Link>}>
      {unit !== null && <Cards unit={unit} />}
    </Drawer>
  );
}

function Cards({ unit }: { unit: string }) {
  const t = useText();
  const may = useMay();
  const list = useRead('/api/work-orders/dispatch', { query: { equipment: unit, size: SHOWN_MAX } });
  const locks = useRead('/api/scheduling/locks', { query: { size: 1000 } }, may('get', '/api/scheduling/locks'));
  const pinned = new Set(locks.data?.items.map(lock => lock.operationId));
  const [problem, setProblem] = useState<{ card: Card; why: unknown } | null>(null);
  const head = (member: string) => t(nameOf(member));
  return (
    <Loaded reading={list}>
      {({ items, next }) => (
        <>
          {problem && (
            <div className="gap">
              <strong>{nameOfCard(problem.card)}</strong>
              <ProblemAlert problem={problem.why} />
            </div>
          )}
          <SheetTable<Card>
            dataSource={items}
            rowKey="operationId"
            onRow={card => ({ 'data-order': card.order, 'data-operation': card.operation }) as object}
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(NOTHING)} /> }}
            columns={[
              { title: head('operation'), render: (_, card) => <What card={card} /> },
              { title: t(WHEN), render: (_, card) => <When card={card} /> },
              { title: t(STATE), render: (_, card) => <State card={card} isPinned={pinned.has(card.operationId)} /> },
              { title: t(WHO), render: (_, card) => <Who card={card} /> },
              {
                key: 'actions',
                fixed: 'right',
                align: 'right',
                title: <span className="hidden">{t(VERBS)}</span>,
                render: (_, card) => (
                  <Subject value={nameOfCard(card)}>
                    <Verbs
                      {...{ card, unit }}
                      cards={items}
                      isPinned={pinned.has(card.operationId)}
                      onProblem={why => setProblem(why === null ? null : { card, why })}
                    />
                  </Subject>
                ),
              },
            ]}
          />
          {next && <p className="muted">{t(MORE, { count: number(items.length) })}</p>}
        </>
      )}
    </Loaded>
  );
}

const nameOfCard = (card: Card) => `${card.order} · ${card.operation}`;

function What({ card }: { card: Card }) {
  const t = useText();
  return (
    <>
      <Link to={`/orders/${card.orderId}`}>{nameOfCard(card)}</Link>
      {card.isRush && (
        <>
          {' '}
          <span className="tag warn">{t(RUSH)}</span>
        </>
      )}
      <div className="muted">
        {card.product} · {t(OPEN, { open: number(card.open), unit: card.unit })}
      </div>
    </>
  );
}

function When({ card }: { card: Card }) {
  const t = useText();
  return (
    <>
      {card.plannedStartAt ? t(PLANNED, { time: dateTime(card.plannedStartAt) }) : t(NOT_PLANNED)}
      {card.dueAt && <div className="muted">{t(DUE, { time: dateTime(card.dueAt) })}</div>}
    </>
  );
}

function State({ card, isPinned }: { card: Card; isPinned: boolean }) {
  const t = useText();
  const reasons = card.waitsFor.map(reason => t(WAITS[reason] ?? [reason, reason])).join(t(AND));
  return (
    <>
      <span className={card.isReady ? 'tag good' : 'tag warn'}>{card.isReady ? t(READY) : t(WAITS_FOR, { reasons })}</span>
      {isPinned && (
        <div>
          <span className="tag calm">{t(PINNED)}</span>
        </div>
      )}
    </>
  );
}

function Who({ card }: { card: Card }) {
  const t = useText();
  return (
    <>
      {card.work.map(work => (
        <div key={work.workId}>
          <Person code={work.operator} /> · <Tag value={work.state} />
          {work.activity === 'Setup' && ` · ${valueOf('Setup')}`}
        </div>
      ))}
      {card.assignedTo && (
        <div>
          <span className="muted">{t(FOR)}</span> <Person code={card.assignedTo} />
        </div>
      )}
    </>
  );
}

interface VerbsProps {
  card: Card;
  cards: readonly Card[];
  unit: string;
  isPinned: boolean;
  onProblem: (why: unknown) => void;
}

/** What a foreman does about a card: what is under way stays where it is. */
function Verbs({ card, cards, unit, isPinned, onProblem }: VerbsProps) {
  const others = card.alternatives.filter(one => one !== unit);
  const startsAt = nextStart(card, cards);
  return (
    <>
      <VerbButton
        kind="text"
        label={ASSIGN}
        method="put"
        path="/api/work-orders/operations/{id}/operator"
        at={{ id: card.operationId }}
        initial={{ operator: card.assignedTo }}
      />
      {card.assignedTo && (
        <AtOnceButton
          label={TAKE_BACK}
          method="put"
          path="/api/work-orders/operations/{id}/operator"
          sent={{ path: { id: card.operationId }, body: { operator: null } }}
          before={{ operator: card.assignedTo }}
          onProblem={onProblem}
        />
      )}
      {isWaiting(card) && isPinned && (
        <AtOnceButton
          label={RELEASE}
          method="post"
          path="/api/scheduling/locks/release"
          sent={{ body: { operationIds: [card.operationId] } }}
          onProblem={onProblem}
        />
      )}
      {isWaiting(card) && !isPinned && (
        <>
          {startsAt && (
            <AtOnceButton
              label={DO_NEXT}
              method="post"
              path="/api/scheduling/moves"
              sent={{ body: { operationId: card.operationId, equipment: unit, startsAt, lock: true } }}
              onProblem={onProblem}
            />
          )}
          {others.length > 0 && (
            <VerbButton
              kind="text"
              label={MOVE}
              method="post"
              path="/api/scheduling/moves"
              options={{
                operationId: { hidden: true },
                lock: { hidden: true },
                planVersion: { hidden: true },
                equipment: { choices: others },
              }}
              initial={{
                operationId: card.operationId,
                equipment: others[0],
                startsAt: earliestStart(card.plannedStartAt),
                lock: true,
              }}
            />
          )}
        </>
      )}
    </>
  );
}
