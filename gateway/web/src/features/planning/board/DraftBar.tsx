import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, Button, Popconfirm, Tag } from 'antd';
import { useText, type Text } from '@/lib/text';
import { hintInWords } from '@/lib/words/hints';
import type { Plan } from './plan';
import type { Drafting } from './useDraft';
import { nameOf, STEP_NAMES } from './words';

const DRAFT: Text = ['草稿', 'Draft'];
const STEPS: Text = ['更改：{count}（发布前只有您能看到）', 'Changes: {count} (only you see them until you publish)'];
const UNDO: Text = ['撤销', 'Undo'];
const REDO: Text = ['重做', 'Redo'];
const PUBLISH: Text = ['发布', 'Publish'];
const DISCARD: Text = ['放弃', 'Discard'];
const ASK: Text = ['放弃全部更改？不能恢复。', 'Discard all changes? They cannot be brought back.'];
const MOVED: Text = ['随之移动的其他工序：{count}', 'Other operations that moved along: {count}'];
const BECAME_LATE: Text = ['新延误工单：{count}', 'Orders late now: {count}'];
const NO_LONGER: Text = ['不再延误：{count}', 'No longer late: {count}'];
const SHOW: Text = ['查看', 'Show them'];
const LOST: Text = [
  '计划已由他人更改，以下更改不再可行，已去掉：',
  'Others have changed the plan. These changes are not possible any more and were left out:',
];

interface DraftBarProps {
  drafting: Drafting;
  plan: Plan;
  /** How many moved beside what the planner moved. */
  moved: number;
  showMoved: () => void;
}

/** What the planner has changed and not yet published, with the ways back. */
export function DraftBar({ drafting, plan, moved, showMoved }: DraftBarProps) {
  const t = useText();
  const { draft, difference, isBusy } = drafting;
  if (!draft || (draft.revision === 0 && draft.undone === 0 && draft.lost.length === 0)) return null;
  const said = (id: string) => {
    const bar = plan.bars.get(id);
    return bar ? nameOf(bar) : '';
  };
  return (
    <>
      <div className="board-draft" role="region" aria-label={t(DRAFT)}>
        <Tag color="processing">{t(DRAFT)}</Tag>
        <span>{t(STEPS, { count: draft.revision })}</span>
        {moved > 0 && (
          <span>
            {t(MOVED, { count: moved })}{' '}
            <Button type="link" size="small" onClick={showMoved}>
              {t(SHOW)}
            </Button>
          </span>
        )}
        {difference && difference.becameLate.length > 0 && (
          <Tag color="error">{t(BECAME_LATE, { count: difference.becameLate.length })}</Tag>
        )}
        {difference && difference.noLongerLate.length > 0 && (
          <Tag color="success">{t(NO_LONGER, { count: difference.noLongerLate.length })}</Tag>
        )}
        <span className="grow" />
        <Button icon={<UndoOutlined />} disabled={draft.revision === 0 || isBusy} onClick={() => void drafting.undo()}>
          {t(UNDO)}
        </Button>
        <Button icon={<RedoOutlined />} disabled={draft.undone === 0 || isBusy} onClick={() => void drafting.redo()}>
          {t(REDO)}
        </Button>
        <Popconfirm title={t(ASK)} okText={t(DISCARD)} onConfirm={() => void drafting.discard()}>
          <Button disabled={isBusy}>{t(DISCARD)}</Button>
        </Popconfirm>
        <Button
          type="primary"
          loading={isBusy}
          disabled={draft.revision === 0}
          onClick={() => void drafting.publish(draft.lost.length > 0)}>
          {t(PUBLISH)}
        </Button>
      </div>
      {draft.lost.length > 0 && (
        <Alert
          type="warning"
          showIcon
          message={t(LOST)}
          description={
            <ul className="board-lost">
              {draft.lost.map((lost, index) => (
                <li key={index}>
                  {t(STEP_NAMES[lost.step.kind])} {(lost.step.operations ?? []).map(one => said(one.operationId)).join(', ')}
                  {(lost.step.operationIds ?? []).map(said).join(', ')}: {hintInWords(lost.hint)}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}
