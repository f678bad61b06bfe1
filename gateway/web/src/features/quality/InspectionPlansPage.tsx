import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';

const TITLE: Text = ['检验计划', 'Inspection plans'];
const NEW: Text = ['新建检验计划', 'New inspection plan'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = [
  '还没有检验计划。新建一个，报工时就会自动开立检验。',
  'There is no inspection plan yet. Make one, and reports open inspections by it.',
];

export function Component() {
  const t = useText();
  const hidden = { basedOn: { hidden: true } };
  return (
    <Page
      title={TITLE}
      actions={
        <VerbButton
          kind="primary"
          label={NEW}
          method="put"
          path="/api/quality/plans/{code}"
          address={['code']}
          options={hidden}
          initial={{ basedOn: 0 }}
        />
      }>
      <DataTable
        isMain
        path="/api/quality/plans"
        empty={t(NONE)}
        rowKey={row => row.code}
        columns={[
          'code',
          'version',
          'definition.name',
          'definition.product',
          'definition.operation',
          { member: 'definition.kind', render: row => valueOf(row.definition.kind) },
          'definition.isSelfInspection',
          'definition.isActive',
          'changedAt',
        ]}
        actions={row => (
          <>
            <VerbButton
              kind="text"
              label={EDIT}
              method="put"
              path="/api/quality/plans/{code}"
              at={{ code: row.code }}
              options={hidden}
              initial={{ basedOn: row.version, definition: row.definition }}
            />
            <History kind="text" service="quality" of={[['inspection_plan', row.code]]} />
          </>
        )}
      />
    </Page>
  );
}
