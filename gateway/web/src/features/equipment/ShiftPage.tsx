import { useSearchParams } from 'react-router';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import type { Text } from '@/lib/text';
import { CountedReports } from './CountedReports';
import { Intervals } from './Intervals';
import { Pareto } from './Pareto';
import { RatioTiles } from './Ratios';

const BACK: Text = ['设备', 'The unit'];
const STATES: Text = ['状态区间', 'States'];
const LOSSES: Text = ['损失', 'Losses'];
const REPORTS: Text = ['计入的报工', 'Counted reports'];
const RATIOS = ['availability', 'effectiveness', 'quality', 'oee'] as const;

/** One shift of a unit: its figures, and the intervals and reports that they are made of. */
export function Component() {
  const [params] = useSearchParams();
  const code = params.get('code') ?? '';
  const window = { from: params.get('from') ?? '', to: params.get('to') ?? '' };
  const oee = useRead('/api/equipment/units/{code}/oee', { path: { code }, query: window });
  return (
    <Page title={`${code} · ${params.get('shift') ?? ''}`} back={{ to: addressOf('/units/one', {}, { code }), name: BACK }}>
      <Loaded reading={oee}>
        {data => (
          <div className="sections">
            <RatioTiles figures={data.figures} ratios={RATIOS} isUpToDate={data.isUpToDate} />
            <Facts
              schema={{ ref: 'equipment/KpiInputs' }}
              record={data.figures.inputs}
              members={[
                'plannedBusyTimeSeconds',
                'actualProductionTimeSeconds',
                'actualSetupTimeSeconds',
                'actualDowntimeSeconds',
                'good',
                'scrap',
                'nonconforming',
              ]}
            />
            <Section title={STATES}>
              <Intervals code={code} window={window} />
            </Section>
            <Section title={LOSSES}>
              <Pareto code={code} window={window} />
            </Section>
            <Section title={REPORTS}>
              <CountedReports code={code} window={window} />
            </Section>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
