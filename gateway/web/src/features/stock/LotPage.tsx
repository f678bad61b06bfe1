import { useSearchParams } from 'react-router';
import { History } from '@/components/History';
import { LinkButton } from '@/components/LinkButton';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';

const BACK: Text = ['批次', 'Lots'];
const BALANCES: Text = ['结存', 'Where it lies'];
const HOLDS: Text = ['有效暂停', 'Active holds'];
const LEDGER: Text = ['台账', 'Ledger'];
const LABEL: Text = ['打印标签', 'Label'];
const TRACE: Text = ['追溯', 'Genealogy'];
const REVERSE: Text = ['冲销', 'Reverse'];
const HOLD: Text = ['质量暂停', 'Place a hold'];
const VERBS: Text = ['操作', 'Actions'];
const MORE: Text = ['更早的分录 ›', 'Earlier entries ›'];

/** One lot: where it lies, what holds it, and every movement of it. */
export function Component() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const [material, lot, after] = [params.get('material') ?? '', params.get('lot') ?? '', params.get('after') ?? undefined];
  const reading = useRead('/api/inventory/lots/{material}/{lot}', { path: { material, lot }, query: { after, size: 100 } });
  const head = (member: string) => t(nameOf(member));
  return (
    <Loaded reading={reading}>
      {data => (
        <Page
          title={`${material} · ${lot}`}
          back={{ to: '/lots', name: BACK }}
          sub={<Tag value={data.lot.status} />}
          actions={
            <>
              <LinkButton to={addressOf('/genealogy', {}, { material, lot })}>{t(TRACE)}</LinkButton>
              <LinkButton to={addressOf('/lots/label', {}, { material, lot })}>{t(LABEL)}</LinkButton>
              <VerbButton
                label={HOLD}
                method="post"
                path="/api/quality/holds"
                initial={{ material, lot }}
                options={{ orderId: { hidden: true }, operationId: { hidden: true } }}
              />
              <History
                service="inventory"
                of={[
                  ['lot', { Material: material, Number: lot }],
                  ...data.ledger.items.map(row => ['movement', row.movementId, String(row.number)] as const),
                ]}
              />
            </>
          }>
          <div className="sections">
            <Facts schema={{ ref: 'inventory/LotView' }} record={data.lot} />
            <Section title={BALANCES}>
              <SheetTable
                rowKey="location"
                dataSource={data.balances.filter(one => !one.isVirtual)}
                columns={[
                  { title: head('location'), dataIndex: 'location' },
                  {
                    title: head('onHand'),
                    align: 'right',
                    render: (_, row) => `${number(row.onHand)} ${data.unit}`,
                  },
                  { title: head('reserved'), align: 'right', render: (_, row) => number(row.reserved) },
                ]}
              />
            </Section>
            {data.holds.length > 0 && (
              <Section title={HOLDS}>
                <ul>
                  {data.holds.map(hold => (
                    <li key={hold.id}>{hold.reason}</li>
                  ))}
                </ul>
              </Section>
            )}
            <Section title={LEDGER}>
              <SheetTable
                rowKey={row => `${row.number} ${row.location}`}
                dataSource={data.ledger.items}
                columns={[
                  { title: head('number'), dataIndex: 'number' },
                  { title: head('kind'), render: (_, row) => valueOf(row.kind) },
                  { title: head('location'), dataIndex: 'location' },
                  { title: head('quantity'), align: 'right', render: (_, row) => number(row.quantity) },
                  { title: head('order'), dataIndex: 'order' },
                  { title: head('reason'), dataIndex: 'reason' },
                  { title: head('reference'), dataIndex: 'reference' },
                  { title: head('occurredAt'), render: (_, row) => dateTime(row.occurredAt) },
                  {
                    title: <span className="hidden">{t(VERBS)}</span>,
                    align: 'right',
                    render: (_, row) =>
                      !row.reverses && (
                        <VerbButton
                          kind="text"
                          label={REVERSE}
                          method="post"
                          path="/api/inventory/movements/{id}/reversal"
                          at={{ id: row.movementId }}
                        />
                      ),
                  },
                ]}
              />
              {data.ledger.next && (
                <div className="pager">
                  <a
                    href="#earlier"
                    onClick={event => {
                      event.preventDefault();
                      setParams({ material, lot, after: data.ledger.next! });
                    }}>
                    {t(MORE)}
                  </a>
                </div>
              )}
            </Section>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
