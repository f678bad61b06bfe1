import { Drawer } from 'antd';
import { DataTable } from '@/components/DataTable';
import { Section } from '@/components/Page';
import { useText, type Text } from '@/lib/text';
import { InstructionFiles } from './InstructionFiles';

const TITLE: Text = ['作业指导 · {step}', 'Instruction · {step}'];
const REVISIONS: Text = ['版本', 'Revisions'];
const READERS: Text = ['向谁显示过', 'To whom it was shown'];

/** All revisions of a step's instruction, and to whom each was shown. */
export function InstructionHistory(of: { routing: string; operation: string; onClose: () => void }) {
  const t = useText();
  const { routing, operation, onClose } = of;
  return (
    <Drawer title={t(TITLE, { step: operation })} size={1080} open onClose={onClose}>
      <div className="sections">
        <Section title={REVISIONS}>
          <DataTable
            path="/api/work-orders/instructions"
            query={{ routing, operation, sort: 'Revision', descending: true }}
            columns={[
              'revision',
              { member: 'text', render: row => <span className="written">{row.text}</span> },
              { member: 'files', render: row => <InstructionFiles files={row.files} /> },
              'writtenAt',
              'writtenBy',
              'isInForce',
            ]}
          />
        </Section>
        <Section title={READERS}>
          <DataTable
            path="/api/work-orders/instructions/readings"
            query={{ routing, operation }}
            filters={['operator', 'from', 'to']}
            columns={['revision', 'operator', 'reading', 'at', 'order']}
          />
        </Section>
      </div>
    </Drawer>
  );
}
