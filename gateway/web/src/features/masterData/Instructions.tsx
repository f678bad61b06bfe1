import { Button } from 'antd';
import { useState } from 'react';
import { Loaded, Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import type { Item } from '@/lib/api/api';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { dateTime, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { InstructionForm } from './InstructionForm';
import { InstructionFiles } from './InstructionFiles';
import { InstructionHistory } from './InstructionHistory';

const TITLE: Text = ['作业指导', 'Work instructions'];
const NONE: Text = ['没有作业指导', 'No instruction'];
const WRITE: Text = ['编写', 'Write'];
const CHANGE: Text = ['修改', 'Change'];
const REVISIONS: Text = ['版本与阅读', 'Revisions and readers'];
const ACTIONS: Text = ['操作', 'Actions'];
const STEPS_MAX = 500;

export type Instruction = Item<'/api/work-orders/instructions'>;
type Open = { kind: 'write' | 'history'; step: string } | null;

/** What operators are shown at each step, for all revisions of the routing. */
export function Instructions({ routing }: { routing: { code: string; steps: { code: string }[] } }) {
  const t = useText();
  const may = useMay()('put', '/api/work-orders/routings/{code}/operations/{operation}/instruction');
  const inForce = useRead('/api/work-orders/instructions', { query: { routing: routing.code, inForce: true, size: STEPS_MAX } });
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Section title={TITLE}>
      <Loaded reading={inForce}>
        {page => {
          const of = (step: string) => page.items.find(one => one.operation === step);
          return (
            <>
              <SheetTable
                rowKey="code"
                dataSource={routing.steps}
                columns={[
                  { title: t(nameOf('code')), dataIndex: 'code', width: 140 },
                  {
                    title: t(nameOf('revision')),
                    width: 170,
                    render: (_, step) => {
                      const one = of(step.code);
                      return one ? `${one.revision} · ${dateTime(one.writtenAt)}` : <span className="muted">–</span>;
                    },
                  },
                  {
                    title: t(nameOf('instruction')),
                    render: (_, step) => {
                      const one = of(step.code);
                      return one ? (
                        <>
                          <div className="written">{one.text}</div>
                          <InstructionFiles files={one.files} />
                        </>
                      ) : (
                        <span className="muted">{t(NONE)}</span>
                      );
                    },
                  },
                  {
                    title: <span className="hidden">{t(ACTIONS)}</span>,
                    width: 260,
                    render: (_, step) => (
                      <>
                        {may && (
                          <Button size="small" type="text" onClick={() => setOpen({ kind: 'write', step: step.code })}>
                            {t(of(step.code) ? CHANGE : WRITE)}
                          </Button>
                        )}
                        <Button size="small" type="text" onClick={() => setOpen({ kind: 'history', step: step.code })}>
                          {t(REVISIONS)}
                        </Button>
                      </>
                    ),
                  },
                ]}
              />
              {open?.kind === 'write' && (
                <InstructionForm at={{ code: routing.code, operation: open.step }} before={of(open.step)} onClose={close} />
              )}
              {open?.kind === 'history' && <InstructionHistory routing={routing.code} operation={open.step} onClose={close} />}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
