import { useParams } from 'react-router';
import { History } from '@/components/History';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { useRead } from '@/lib/api/hooks';
import { percent, useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';

const BACK: Text = ['方案', 'Scenarios'];
const CHANGES: Text = ['更改', 'Changes'];
const COMPARED: Text = ['与现行计划比较', 'Beside the plan in force'];
const CHANGE: Text = ['更改', 'Change'];
const PLAN: Text = ['排程', 'Plan'];
const UNDO: Text = ['撤销', 'Undo'];
const PROMOTE: Text = ['采用', 'Promote'];
const DISCARD: Text = ['放弃', 'Discard'];
const NO_CHANGES: Text = ['还没有更改', 'Nothing is changed yet'];
const FIGURES = [
  'lateOrders',
  'unplannedSteps',
  'weightedTardinessSeconds',
  'setupSeconds',
  'workInProcessSeconds',
  'makespanSeconds',
];

/** What would be if: changes, the plan that follows from them, and that in force beside it. */
export function Component() {
  const t = useText();
  const { id = '' } = useParams();
  const at = { id };
  const scenario = useRead('/api/scheduling/scenarios/{id}', { path: at });
  const compared = useRead('/api/scheduling/scenarios/compare', { query: { id: [id] } as never });
  return (
    <Loaded reading={scenario}>
      {data => (
        <Page
          title={data.name}
          back={{ to: '/scenarios', name: BACK }}
          sub={<Tag value={data.status} />}
          actions={
            <>
              {data.status === 'Draft' && (
                <>
                  <VerbButton label={CHANGE} method="post" path="/api/scheduling/scenarios/{id}/changes" at={at} />
                  <VerbButton label={UNDO} method="post" path="/api/scheduling/scenarios/{id}/undo" at={at} />
                  <VerbButton label={PLAN} kind="primary" method="post" path="/api/scheduling/scenarios/{id}/plan" at={at} />
                  <VerbButton label={PROMOTE} method="post" path="/api/scheduling/scenarios/{id}/promote" at={at} />
                  <VerbButton label={DISCARD} method="post" path="/api/scheduling/scenarios/{id}/discard" at={at} />
                </>
              )}
              <History service="scheduling" of={[['scenario', id, data.name]]} />
            </>
          }>
          <div className="sections">
            <Section title={CHANGES}>
              <div className="sheet padded">
                {data.changes.length === 0 ? (
                  <p className="muted">{t(NO_CHANGES)}</p>
                ) : (
                  <ol>
                    {data.changes.map(step => (
                      <li key={step.revision}>
                        {valueOf(step.change.kind)}{' '}
                        {Object.entries(step.change)
                          .filter(([member, value]) => member !== 'kind' && value !== null && typeof value !== 'object')
                          .map(([, value]) => String(value))
                          .join(' · ')}
                      </li>
                    ))}
                  </ol>
                )}
              </div>
            </Section>
            <Section title={COMPARED}>
              <div className="tiles">
                {(compared.data ?? []).map(figures => (
                  <div className="tile" key={figures.scenarioId ?? ''}>
                    <strong>{figures.name}</strong>
                    <Facts schema={{ ref: 'scheduling/PlanView' }} record={figures.plan} members={FIGURES} />
                    <ul>
                      {figures.equipment.map(load => (
                        <li key={load.equipment}>
                          {load.equipment}: {percent(load.utilization)}
                        </li>
                      ))}
                    </ul>
                  </div>
                ))}
              </div>
            </Section>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
