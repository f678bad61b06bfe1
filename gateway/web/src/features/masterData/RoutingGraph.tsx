import { useText, type Text } from '@/lib/text';
import { number } from '@/lib/text';

const TIMES: Text = ['调试 {setup} s · 单件 {run} s', 'setup {setup} s · {run} s each'];
const RECEIPT: Text = ['入库', 'receipt'];
const INSPECTION: Text = ['检验', 'inspection'];

interface Step {
  code: string;
  equipment: string[];
  setupSeconds?: number;
  runSecondsPerUnit?: number;
  isReceipt?: boolean;
  isInspection?: boolean;
  planning?: { links?: { after: string }[] | null } | null;
}

/** The steps as they follow each other: by their links, else one after the other. What shares a column may run side by side. */
export function RoutingGraph({ steps }: { steps: Step[] }) {
  const t = useText();
  const columns = columnsOf(steps);
  return (
    <div className="sheet padded flow" role="list">
      {columns.map((column, index) => (
        <div className="flow-column" key={index}>
          {column.map(step => (
            <div className="flow-step" key={step.code} role="listitem">
              <strong>{step.code}</strong>
              <div>{step.equipment.join(' / ')}</div>
              <div className="muted">
                {t(TIMES, { setup: number(step.setupSeconds ?? 0), run: number(step.runSecondsPerUnit ?? 0) })}
              </div>
              {step.isInspection && <div className="tag warn">{t(INSPECTION)}</div>}
              {step.isReceipt && <div className="tag good">{t(RECEIPT)}</div>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function columnsOf(steps: Step[]): Step[][] {
  const level = new Map<string, number>();
  steps.forEach((step, index) => {
    const before = step.planning?.links?.length
      ? step.planning.links.map(link => link.after)
      : index > 0
        ? [steps[index - 1]!.code]
        : [];
    level.set(step.code, Math.max(-1, ...before.map(code => level.get(code) ?? -1)) + 1);
  });
  const columns: Step[][] = [];
  for (const step of steps) (columns[level.get(step.code)!] ??= []).push(step);
  return columns.filter(Boolean);
}
