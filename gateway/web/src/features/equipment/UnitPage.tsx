import { Tabs } from 'antd';
import dayjs from 'dayjs';
import { useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Facts, Loaded, Page } from '@/components/Page';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { RoutingsOf } from '@/components/WhereUsed';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { languageNow, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { CountedReports } from './CountedReports';
import { Intervals } from './Intervals';
import { OeeFigures } from './OeeFigures';
import { Pareto } from './Pareto';
import { useReasonNames } from './useReasonNames';

const BACK: Text = ['设备', 'Equipment'];
const EDIT: Text = ['修改', 'Edit'];
const RETIRE: Text = ['报废', 'Retire'];
const REINSTATE: Text = ['恢复使用', 'Reinstate'];
const STOP: Text = ['报停机', 'Report a stop'];
const END: Text = ['结束停机', 'End'];
const CLASSIFY: Text = ['归类', 'Classify'];
const WITHDRAW: Text = ['撤回', 'Withdraw'];
const OEE: Text = ['效率', 'OEE'];
const STATES: Text = ['状态区间', 'States'];
const STOPS: Text = ['停机', 'Stops'];
const REPORTS: Text = ['计入的报工', 'Counted reports'];
const ROUTINGS: Text = ['工艺路线', 'Routings'];
const LOSSES: Text = ['损失', 'Losses'];
const RETIRED: Text = ['已报废', 'Retired'];
const DAYS = 7;

/** The reasons of the plant, in the language of now. */
const reasons = () => ({
  reason: {
    source: { path: '/api/equipment/reasons', value: 'code', name: languageNow() === 'en' ? 'nameEn' : 'nameZh' } as const,
  },
});

/** One unit: what it is, what it did, what it lost. */
export function Component() {
  const t = useText();
  const may = useMay();
  const [params] = useSearchParams();
  const code = params.get('code') ?? '';
  const at = { code };
  const window = {
    from:
      params.get('from') ??
      dayjs()
        .startOf('day')
        .subtract(DAYS - 1, 'day')
        .toISOString(),
    to: params.get('to') ?? dayjs().endOf('day').toISOString(),
  };
  const unit = useRead('/api/equipment/units/{code}', { path: at });
  const nameOfReason = useReasonNames();
  return (
    <Loaded reading={unit}>
      {data => (
        <Page
          title={`${data.code} · ${data.name}`}
          back={{ to: '/units', name: BACK }}
          sub={data.retiredAt && <Tag value={t(RETIRED)} />}
          actions={
            <>
              <VerbButton
                kind="primary"
                label={STOP}
                method="post"
                path="/api/equipment/units/{code}/downtimes"
                options={reasons()}
                at={at}
                initial={{ startedAt: dayjs().startOf('minute').toISOString() }}
              />
              <VerbButton
                label={EDIT}
                method="put"
                path="/api/equipment/units/{code}"
                at={at}
                initial={{ ...data, calendar: data.ownCalendar }}
              />
              <History service="equipment" of={[['equipment_unit', code]]} />
              {data.retiredAt ? (
                <VerbButton label={REINSTATE} method="post" path="/api/equipment/units/{code}/reinstate" at={at} />
              ) : (
                <VerbButton label={RETIRE} method="post" path="/api/equipment/units/{code}/retire" at={at} />
              )}
            </>
          }>
          <div className="sections">
            <Facts
              schema={{ ref: 'equipment/UnitView' }}
              record={data}
              members={['workCenter', 'kind', 'calendar', 'ownCalendar', 'retiredAt']}
            />
            <Tabs
              items={[
                { key: 'oee', label: t(OEE), children: <OeeFigures code={code} window={window} /> },
                { key: 'losses', label: t(LOSSES), children: <Pareto code={code} window={window} /> },
                {
                  key: 'states',
                  label: t(STATES),
                  children: <Intervals code={code} window={window} />,
                },
                {
                  key: 'stops',
                  label: t(STOPS),
                  children: (
                    <DataTable
                      path="/api/equipment/units/{code}/downtimes"
                      at={at}
                      query={{ sort: 'StartedAt', descending: true }}
                      filters={['from', 'to']}
                      columns={[
                        'startedAt',
                        'endedAt',
                        {
                          member: 'parts',
                          title: nameOf('reason'),
                          render: row => row.parts.map(part => nameOfReason(part.reason)).join(', '),
                        },
                        'expectedUpAt',
                        'operator',
                        'order',
                        'withdrawnAt',
                        'withdrawalReason',
                      ]}
                      actions={row =>
                        !row.withdrawnAt && (
                          <>
                            {!row.endedAt && (
                              <VerbButton
                                kind="text"
                                label={END}
                                method="post"
                                path="/api/equipment/downtimes/{id}/end"
                                at={{ id: row.id }}
                                initial={{ endedAt: dayjs().toISOString() }}
                              />
                            )}
                            <VerbButton
                              kind="text"
                              label={CLASSIFY}
                              method="post"
                              path="/api/equipment/downtimes/{id}/classify"
                              options={reasons()}
                              at={{ id: row.id }}
                            />
                            <History kind="text" service="equipment" of={[['downtime', row.id]]} />
                            <VerbButton
                              kind="text"
                              label={WITHDRAW}
                              method="post"
                              path="/api/equipment/downtimes/{id}/withdraw"
                              at={{ id: row.id }}
                            />
                          </>
                        )
                      }
                    />
                  ),
                },
                ...(may('get', '/api/work-orders/routings')
                  ? [{ key: 'routings', label: t(ROUTINGS), children: <RoutingsOf equipment={code} /> }]
                  : []),
                {
                  key: 'reports',
                  label: t(REPORTS),
                  children: <CountedReports code={code} window={window} />,
                },
              ]}
            />
          </div>
        </Page>
      )}
    </Loaded>
  );
}
