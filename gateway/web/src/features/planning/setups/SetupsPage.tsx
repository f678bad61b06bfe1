import { useSearchParams } from 'react-router';
import { History } from '@/components/History';
import { Loaded, Page } from '@/components/Page';
import { useRead } from '@/lib/api/hooks';
import type { Text } from '@/lib/text';
import { SetupMatrix } from './SetupMatrix';

const BACK: Text = ['排程设置', 'Planning set-up'];

/** The setup times of one unit. The families that its steps have are there from the beginning. */
export function Component() {
  const equipment = useSearchParams()[0].get('equipment') ?? '';
  const times = useRead('/api/scheduling/setup-times', { query: { size: 1000 } });
  const routings = useRead('/api/work-orders/routings', { query: { equipment, size: 1000 } });
  const reading = {
    data: times.data && routings.data && { times: times.data.items, routings: routings.data.items },
    error: times.error ?? routings.error,
    isLoading: times.isLoading || routings.isLoading,
    refetch: () => Promise.all([times.refetch(), routings.refetch()]),
  };
  return (
    <Page
      title={equipment}
      back={{ to: '/planning-setup?tab=setups', name: BACK }}
      actions={<History service="scheduling" of={[['setup_times', equipment]]} />}>
      <Loaded reading={reading}>
        {data => (
          <SetupMatrix
            key={equipment}
            equipment={equipment}
            kept={data.times.find(one => one.equipment === equipment) ?? null}
            others={data.times.filter(one => one.equipment !== equipment)}
            used={familiesAt(equipment, data.routings)}
          />
        )}
      </Loaded>
    </Page>
  );
}

interface Routing {
  steps: { equipment: string[]; setupFamily?: string | null }[];
}

const familiesAt = (equipment: string, routings: Routing[]) => [
  ...new Set(
    routings.flatMap(({ steps }) =>
      steps.flatMap(step => (step.setupFamily && step.equipment.includes(equipment) ? [step.setupFamily] : [])),
    ),
  ),
];
