import { Link, useSearchParams } from 'react-router';
import { LinkButton } from '@/components/LinkButton';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { Person } from '@/components/Person';
import { SheetTable } from '@/components/SheetTable';
import { Tag } from '@/components/Value';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { tracedAddress } from '@/lib/traced';
import { nameOf } from '@/lib/words/words';

const BACK: Text = ['工单', 'Order'];
const STEPS: Text = ['经过的工序', 'Operations passed'];
const COMPONENTS: Text = ['装入的物料', 'Built in'];
const BUILT_INTO: Text = ['装入于', 'Went into'];
const LABELS: Text = ['打印的标签', 'Labels printed'];
const TRACE: Text = ['追溯', 'Genealogy'];
const UNDONE: Text = ['已撤销', 'Undone'];
const REWORK: Text = ['返工', 'Rework'];
const NOTHING: Text = ['还没有报工提到此件', 'No report names it yet'];

/** One piece: what was done to it, what is in it, where it went. */
export function Component() {
  const t = useText();
  const [params] = useSearchParams();
  const [product, serial] = [params.get('product') ?? '', params.get('serial') ?? ''];
  const piece = useRead('/api/work-orders/products/{code}/serials/{serial}', { path: { code: product, serial } });
  const head = (member: string) => t(nameOf(member));
  return (
    <Loaded reading={piece}>
      {data => (
        <Page
          title={`${product} · ${serial}`}
          back={{ to: `/orders/${data.orderId}`, name: BACK }}
          sub={<Tag value={data.state} />}
          actions={
            <LinkButton to={addressOf('/genealogy', {}, { material: product, lot: data.lot, serial })}>{t(TRACE)}</LinkButton>
          }>
          <div className="sections">
            <Facts
              schema={{ ref: 'work-orders/PieceView' }}
              record={data}
              members={['product', 'serial', 'order', 'lot', 'sequence', 'allottedAt']}
              links={{
                product: addressOf('/products/one', {}, { code: product }),
                order: `/orders/${data.orderId}`,
                lot: addressOf('/lots/one', {}, { material: product, lot: data.lot }),
              }}
            />
            <Section title={STEPS}>
              <SheetTable
                rowKey="reportId"
                dataSource={data.steps}
                locale={{ emptyText: t(NOTHING) }}
                columns={[
                  { title: head('operation'), render: (_, row) => `${row.sequence} · ${row.operation}` },
                  {
                    title: head('result'),
                    render: (_, row) => (
                      <>
                        <Tag value={row.result} tone={row.isUndone ? 'calm' : undefined} />
                        {row.isRework && <span className="tag">{t(REWORK)}</span>}
                        {row.isUndone && <span className="tag warn">{t(UNDONE)}</span>}
                      </>
                    ),
                  },
                  { title: head('scrapReason'), render: (_, row) => row.result === 'Scrap' && row.scrapReason },
                  {
                    title: head('equipment'),
                    render: (_, row) => <Link to={addressOf('/units/one', {}, { code: row.equipment })}>{row.equipment}</Link>,
                  },
                  { title: head('operator'), render: (_, row) => <Person code={row.operator} /> },
                  { title: head('startedAt'), render: (_, row) => dateTime(row.startedAt) },
                  { title: head('endedAt'), render: (_, row) => dateTime(row.endedAt) },
                ]}
              />
            </Section>
            {data.components.length > 0 && (
              <Section title={COMPONENTS}>
                <SheetTable
                  rowKey={row => `${row.material} ${row.lot} ${row.serial} ${row.builtInAt}`}
                  dataSource={data.components}
                  columns={[
                    { title: head('material'), dataIndex: 'material' },
                    {
                      title: head('lot'),
                      render: (_, row) => <Link to={tracedAddress({ ...row, serial: null })}>{row.lot}</Link>,
                    },
                    {
                      title: head('serial'),
                      render: (_, row) => row.serial && <Link to={tracedAddress(row)}>{row.serial}</Link>,
                    },
                    { title: head('quantity'), align: 'right', render: (_, row) => `${number(row.quantity)} ${row.unit}` },
                    { title: head('operation'), dataIndex: 'operation' },
                    { title: head('builtInAt'), render: (_, row) => dateTime(row.builtInAt) },
                  ]}
                />
              </Section>
            )}
            {data.builtInto && (
              <Section title={BUILT_INTO}>
                <Facts
                  schema={{ ref: 'work-orders/PieceUse' }}
                  record={data.builtInto}
                  members={['product', 'lot', 'serial', 'order', 'builtInAt']}
                  links={{
                    serial:
                      data.builtInto.serial === null
                        ? undefined
                        : tracedAddress({ ...data.builtInto, material: data.builtInto.product }),
                    lot: tracedAddress({ material: data.builtInto.product, lot: data.builtInto.lot }),
                    order: `/orders/${data.builtInto.orderId}`,
                  }}
                />
              </Section>
            )}
            {data.labels.length > 0 && (
              <Section title={LABELS}>
                <SheetTable
                  rowKey="number"
                  dataSource={data.labels}
                  columns={[
                    { title: head('number'), dataIndex: 'number' },
                    { title: head('printedAt'), render: (_, row) => dateTime(row.printedAt) },
                    { title: head('printedBy'), dataIndex: 'printedBy' },
                  ]}
                />
              </Section>
            )}
          </div>
        </Page>
      )}
    </Loaded>
  );
}
