import { Button } from 'antd';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Loaded, Page } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { VerbButton } from '@/components/VerbButton';
import { useRead } from '@/lib/api/hooks';
import { download } from '@/lib/files';
import { csvOf } from '@/lib/tableFile';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const TITLE: Text = ['停机原因', 'Stop reasons'];
const ACTIONS: Text = ['操作', 'Actions'];
const EXPORT: Text = ['导出 CSV', 'Export CSV'];
const EDIT: Text = ['修改', 'Edit'];
const SUB: Text = ['树形，两种语言', 'A tree, in both languages'];

const REPLACES: Text = [
  '导入的表即为完整的原因树：表中没有的原因会被移除，除非已被停机使用',
  'The table is the whole tree: reasons that are not in it go, unless stops have them',
];

type Reason = { code: string; parentCode?: string | null; nameEn: string; nameZh: string };
interface Branch extends Reason {
  children?: Branch[];
}

const treeOf = (all: Reason[], parent: string | null): Branch[] | undefined => {
  const branches = all
    .filter(one => (one.parentCode ?? null) === parent)
    .map(one => ({ ...one, children: treeOf(all, one.code) }));
  return branches.length ? branches : undefined;
};

const exportCsv = (reasons: Reason[]) =>
  download(
    csvOf(
      reasons as never,
      ['code', 'parentCode', 'nameZh', 'nameEn'].map(member => ({ member, schema: {} })),
    ),
    'reasons.csv',
  );

export function Component() {
  const t = useText();
  const reading = useRead('/api/equipment/reasons');
  return (
    <Page
      title={TITLE}
      sub={t(SUB)}
      actions={
        <>
          <ImportButton method="put" path="/api/equipment/reasons" address={[]} lists={['reasons']} note={REPLACES} />
          {reading.data && <Button onClick={() => exportCsv(reading.data.reasons)}>{t(EXPORT)}</Button>}
          {reading.data && (
            <VerbButton
              kind="primary"
              label={EDIT}
              method="put"
              path="/api/equipment/reasons"
              initial={reading.data}
              options={{ parentCode: { source: undefined } }}
            />
          )}
        </>
      }>
      <Loaded reading={reading}>
        {({ reasons }) => (
          <SheetTable<Branch>
            key={reasons.length}
            rowKey="code"
            dataSource={treeOf(reasons, null)}
            expandable={{ defaultExpandAllRows: true }}
            columns={[
              { title: t(nameOf('code')), dataIndex: 'code' },
              { title: t(nameOf('nameZh')), dataIndex: 'nameZh' },
              { title: t(nameOf('nameEn')), dataIndex: 'nameEn' },
              {
                title: <span className="hidden">{t(ACTIONS)}</span>,
                align: 'right',
                render: (_, row) => <History kind="text" service="equipment" of={[['downtime_reason', row.code]]} />,
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
