import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { durationOf } from '@/lib/duration';
import { useText, type Text } from '@/lib/text';
import { placesOf, GRID } from './flow';

const FLOW: Text = [
  '流程：方向键选择，Alt 加方向键移动，Delete 删除',
  'Flow: arrow keys select, Alt and arrows move, Delete removes',
];
const STEPS: Text = ['流程', 'Flow'];
const NO_EQUIPMENT: Text = ['未指定设备', 'no equipment yet'];
const RECEIPT: Text = ['入库', 'receipt'];
const INSPECTION: Text = ['检验', 'inspection'];
const TIMES: Text = ['调试 {setup} · 单件 {run}', 'setup {setup} · {run} each'];
const SHORT: Text = ['{setup} + {run}/件', '{setup} + {run} each'];
const WRONG: Text = ['有错误', 'has errors'];

export interface FlowStep {
  key: string;
  code: string;
  equipment: string[];
  setupSeconds: number;
  runSecondsPerUnit: number;
  isReceipt: boolean;
  isInspection: boolean;
  links: { after: string; kind?: string; minLagSeconds: number }[] | null;
  isWrong?: boolean;
}

interface FlowGraphProps {
  steps: FlowStep[];
  selected?: string;
  select?: (key: string) => void;
  move?: (key: string, by: -1 | 1) => void;
  remove?: (key: string) => void;
}

const TEXT_WIDTH = 25;
/** As much of a text as a node has room for; Chinese characters take two places. */
const fitting = (text: string, room = TEXT_WIDTH) => {
  let width = 0;
  for (let index = 0; index < text.length; index++) {
    width += text.charCodeAt(index) > 0x2e7f ? 1.8 : 1;
    if (width > room) return `${text.slice(0, index)}…`;
  }
  return text;
};

/** The steps as nodes, joined by what they follow. Where one may be selected it is worked by the arrow keys too. */
export function FlowGraph({ steps, selected, select, move, remove }: FlowGraphProps) {
  const t = useText();
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const { places, lines, width, height } = placesOf(steps);
  const at = steps.findIndex(step => step.key === selected);

  useEffect(() => {
    const node = host.current?.querySelector<SVGGElement>('.flow-node.selected');
    node?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [selected, at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (at < 0 || !select) return;
    if (by && event.altKey) move?.(steps[at]!.key, by);
    else if (by) select(steps[Math.min(Math.max(at + by, 0), steps.length - 1)]!.key);
    else if (event.key === 'Home') select(steps[0]!.key);
    else if (event.key === 'End') select(steps.at(-1)!.key);
    else if (event.key === 'Delete') remove?.(steps[at]!.key);
    else return;
    event.preventDefault();
  };

  const words = (step: FlowStep) =>
    [
      step.code,
      step.equipment.join(' / ') || t(NO_EQUIPMENT),
      t(TIMES, { setup: durationOf(step.setupSeconds), run: durationOf(step.runSecondsPerUnit) }),
      step.isReceipt && t(RECEIPT),
      step.isInspection && t(INSPECTION),
      step.isWrong && t(WRONG),
    ].filter(Boolean) as string[];

  return (
    <div
      ref={host}
      className="flow-graph"
      tabIndex={0}
      role={select ? 'listbox' : 'list'}
      aria-label={t(select ? FLOW : STEPS)}
      aria-activedescendant={select && at >= 0 ? `${id}${selected}` : undefined}
      onKeyDown={onKeyDown}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="presentation">
        <defs>
          <marker id={`${id}tip`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" className="flow-tip" />
          </marker>
        </defs>
        <g aria-hidden="true">
          {lines.map(line => (
            <g key={line.key}>
              <path d={line.path} className={line.isPlain ? 'flow-line' : 'flow-line other'} markerEnd={`url(#${id}tip)`} />
              {line.words && (
                <text x={line.x} y={line.y} className="flow-lag">
                  {line.words}
                </text>
              )}
            </g>
          ))}
        </g>
        {steps.map(step => {
          const place = places.get(step.key)!;
          const marks = [step.isInspection && t(INSPECTION), step.isReceipt && t(RECEIPT)].filter(Boolean).join(' · ');
          const isSelected = step.key === selected;
          return (
            <g
              key={step.key}
              id={`${id}${step.key}`}
              role={select ? 'option' : 'listitem'}
              aria-selected={select ? isSelected : undefined}
              aria-label={words(step).join(', ')}
              className={['flow-node', isSelected && 'selected', step.isWrong && 'wrong', select && 'opens']
                .filter(Boolean)
                .join(' ')}
              transform={`translate(${place.x} ${place.y})`}
              onClick={() => select?.(step.key)}>
              <title>{words(step).join('\n')}</title>
              <rect width={GRID.width} height={GRID.height} rx="6" />
              <text x="12" y="21" className="flow-code">
                {fitting(step.code, marks ? 12 : 19)}
              </text>
              <text x={GRID.width - 12} y="21" className={step.isReceipt ? 'flow-mark good' : 'flow-mark'}>
                {marks}
              </text>
              <text x="12" y="41" className={step.equipment.length ? '' : 'flow-missing'}>
                {fitting(step.equipment.join(' / ') || t(NO_EQUIPMENT))}
              </text>
              <text x="12" y="59" className="flow-times">
                {fitting(t(SHORT, { setup: durationOf(step.setupSeconds), run: durationOf(step.runSecondsPerUnit) }), 31)}
              </text>
              {step.isWrong && (
                <text x={GRID.width - 12} y="41" className="flow-wrong">
                  !
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
