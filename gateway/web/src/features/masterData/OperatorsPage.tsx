import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { useText, type Text } from '@/lib/text';
import { Skills, SkillsForm } from './SkillsForm';

const TITLE: Text = ['技能', 'Skills'];
const SUB: Text = ['谁可以操作哪些设备', 'Who is qualified for which equipment'];
const NONE: Text = [
  '还没有操作工。在“人员”中录入，即出现在这里。',
  'There is no operator yet. Enter people under “People”, and they appear here.',
];

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      sub={t(SUB)}
      actions={<ImportButton method="put" path="/api/work-orders/operators/{code}/skills" address={['code']} />}>
      <DataTable
        isMain
        path="/api/work-orders/operators"
        columns={['code', 'name', { member: 'skills', render: row => <Skills of={row} /> }, 'isActive', 'offFloorSince']}
        rowKey={row => row.code}
        empty={t(NONE)}
        actions={row => (
          <>
            <SkillsForm row={row} />
            <History kind="text" service="work-orders" of={[['operator', row.code, row.name]]} />
          </>
        )}
      />
    </Page>
  );
}
