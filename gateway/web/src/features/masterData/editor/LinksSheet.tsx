import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Radio, Select } from 'antd';
import { DurationField } from '@/components/DurationField';
import { useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';
import type { Draft, Step, StepLink } from './draft';
import { Wrong } from './parts';

const FOLLOWS: Text = ['何时开始', 'What it follows'];
const FIRST: Text = ['这是第一个工步。', 'It is the first step.'];
const BEFORE: Text = ['跟随前一工步 {code}', 'The step before it, {code}'];
const NOTHING: Text = ['不等待其他工步', 'No other: it may begin at once'];
const CHOSEN: Text = ['跟随选定的工步', 'Chosen steps, with lags'];
const ADD: Text = ['添加前道工步', 'Add a step before'];
const REMOVE: Text = ['移除与 {code} 的关系', 'Remove the link to {code}'];
const MIN: Text = ['至少', 'At least'];
const MAX: Text = ['至多', 'At most'];
const ACTIONS: Text = ['操作', 'Actions'];
const NO_LIMIT: Text = ['不限', 'no limit'];
const KIND: Text = ['关系', 'Relation'];
const KINDS = ['EndStart', 'StartStart', 'EndEnd'] as const;

interface LinksSheetProps {
  step: Step;
  draft: Draft;
  error?: Text;
  set: (change: Partial<Step>, member?: string) => void;
}

/** Which earlier steps a step follows, how soon and how late. */
export function LinksSheet({ step, draft, error, set }: LinksSheetProps) {
  const t = useText();
  const before = draft.steps.slice(0, draft.steps.indexOf(step));
  if (before.length === 0)
    return (
      <>
        <h2>{t(FOLLOWS)}</h2>
        <p className="muted">{t(FIRST)}</p>
      </>
    );
  const links = step.links ?? [];
  const free = before.filter(one => !links.some(link => link.after === one.key));
  const change = (index: number, values: Partial<StepLink>, member?: string) =>
    set(
      { links: links.map((link, i) => (i === index ? { ...link, ...values } : link)) },
      member && `link.${links[index]!.after}.${member}`,
    );
  const linkTo = (key: string): StepLink => ({ after: key, kind: 'EndStart', minLagSeconds: 0, maxLagSeconds: null });
  const mode = step.links === null ? 'before' : links.length === 0 ? 'nothing' : 'chosen';
  const choose = (next: string) =>
    set({ links: next === 'before' ? null : next === 'nothing' ? [] : [linkTo(before.at(-1)!.key)] });
  return (
    <>
      <h2>{t(FOLLOWS)}</h2>
      <Radio.Group
        className="stacked"
        value={mode}
        aria-label={t(FOLLOWS)}
        onChange={event => choose(event.target.value as string)}
        options={[
          { value: 'before', label: t(BEFORE, { code: before.at(-1)!.code }) },
          { value: 'nothing', label: t(NOTHING) },
          { value: 'chosen', label: t(CHOSEN) },
        ]}
      />
      {mode === 'chosen' && (
        <>
          <table className="plain edit-rows">
            <thead>
              <tr>
                <th>{t(nameOf('step'))}</th>
                <th>{t(KIND)}</th>
                <th>{t(MIN)}</th>
                <th>{t(MAX)}</th>
                <th>
                  <span className="hidden">{t(ACTIONS)}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {links.map((link, index) => {
                const code = before.find(one => one.key === link.after)?.code ?? '?';
                return (
                  <tr key={link.after}>
                    <td>
                      <Select
                        className="full"
                        aria-label={t(nameOf('step'))}
                        value={link.after}
                        onChange={after => change(index, { after })}
                        options={before
                          .filter(one => one.key === link.after || free.includes(one))
                          .map(one => ({ value: one.key, label: one.code }))}
                      />
                    </td>
                    <td>
                      <Select
                        className="full"
                        aria-label={t(KIND)}
                        value={link.kind}
                        onChange={kind => change(index, { kind })}
                        options={KINDS.map(value => ({ value, label: valueOf(value) }))}
                      />
                    </td>
                    <td>
                      <DurationField
                        isShort
                        label={`${t(MIN)} ${code}`}
                        value={link.minLagSeconds}
                        onChange={seconds => change(index, { minLagSeconds: Math.round(seconds ?? 0) }, 'min')}
                      />
                    </td>
                    <td>
                      <DurationField
                        isShort
                        label={`${t(MAX)} ${code}`}
                        value={link.maxLagSeconds}
                        otherwise={t(NO_LIMIT)}
                        onChange={seconds =>
                          change(index, { maxLagSeconds: seconds === null ? null : Math.round(seconds) }, 'max')
                        }
                      />
                    </td>
                    <td className="row-tools">
                      <Button
                        type="text"
                        size="small"
                        icon={<CloseOutlined />}
                        aria-label={t(REMOVE, { code })}
                        onClick={() => set({ links: links.filter(one => one !== link) })}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={free.length === 0}
            onClick={() => set({ links: [...links, linkTo(free.at(-1)!.key)] })}>
            {t(ADD)}
          </Button>
        </>
      )}
      <Wrong error={error} />
    </>
  );
}
