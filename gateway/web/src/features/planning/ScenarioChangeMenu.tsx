import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Form, InputNumber, Select, TimePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { FormDrawer } from '@/components/FormDrawer';
import { Field, toBody } from '@/components/fields';
import { operationOf, resolve, type Body } from '@/lib/api/api';
import { useVerb } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import type { Text } from '@/lib/text';
import { useText } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';
import type { Kind } from './scenario';

const CHANGE: Text = ['更改', 'Change'];
const NEEDED: Text = ['请填写', 'Enter this'];
const HOURS: Text = ['时长（小时）', 'Length (h)'];
const NEW_CODE: Text = ['新设备编号', 'Code of the new equipment'];
const LIKE: Text = ['与哪台设备相同', 'Like which equipment'];
const FROM: Text = ['开始', 'From'];
const UNTIL: Text = ['结束', 'Until'];
const DUE: Text = ['交期', 'Due'];
const EARLIEST: Text = ['最早开工', 'Earliest start'];
const PATH = '/api/scheduling/scenarios/{id}/changes';
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Member =
  'calendar' | 'shift' | 'day' | 'equipment' | 'like' | 'product' | 'orderId' | 'from' | 'until' | 'priority' | 'quantity';
interface Asked {
  name: Text;
  needed: readonly Member[];
  optional?: readonly Member[];
  labels?: Partial<Record<Member, Text>>;
}

/** What can be tried, and what each needs to be told. */
export const KINDS: Readonly<Partial<Record<Kind, Asked>>> = {
  AddShift: { name: ['增加班次', 'Add a shift'], needed: ['calendar', 'shift'] },
  RemoveShift: { name: ['取消班次', 'Take a shift away'], needed: ['calendar', 'shift'] },
  OpenDay: { name: ['某日加班', 'Work on a closed day'], needed: ['calendar', 'day'] },
  CloseDay: { name: ['某日停工', 'Close a day'], needed: ['calendar', 'day'] },
  StopEquipment: {
    name: ['设备停机', 'Machine out'],
    needed: ['equipment', 'from', 'until'],
    labels: { from: FROM, until: UNTIL },
  },
  AddEquipment: {
    name: ['增加设备', 'Add a machine'],
    needed: ['equipment', 'like'],
    optional: ['calendar'],
    labels: { equipment: NEW_CODE, like: LIKE },
  },
  AddOrder: {
    name: ['加入新工单', 'Order in'],
    needed: ['product', 'quantity'],
    optional: ['until', 'from', 'priority'],
    labels: { until: DUE, from: EARLIEST },
  },
  SetDue: { name: ['改交期', 'Another due date'], needed: ['orderId', 'until'], labels: { until: DUE } },
  SetPriority: { name: ['改优先级', 'Another priority'], needed: ['orderId', 'priority'] },
  SetQuantity: { name: ['改数量', 'Another quantity'], needed: ['orderId', 'quantity'] },
};

/** The changes that can be tried in a scenario, each with a form of its own. */
export function ScenarioChangeMenu({ id }: { id: string }) {
  const t = useText();
  const may = useMay();
  const [kind, setKind] = useState<Kind | null>(null);
  const [form] = Form.useForm();
  const change = useVerb('post', PATH);
  if (!may('post', PATH)) return null;
  const asked = kind === null ? undefined : KINDS[kind];
  const schema = operationOf('post', PATH).body!;
  const members = resolve(schema).properties ?? {};
  const send = async ({ shift, ...values }: Record<string, unknown>) => {
    const told = toBody(schema, { kind, ...values }) as Body<typeof PATH, 'post'>;
    try {
      await change.mutateAsync({ path: { id }, body: shift ? { ...told, shift: shiftOf(shift as TypedShift) } : told });
      setKind(null);
    } catch {
      // shown above the fields
    }
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: (Object.keys(KINDS) as Kind[]).map(key => ({ key, label: t(KINDS[key]!.name) })),
          onClick: ({ key }) => {
            form.resetFields();
            change.reset();
            setKind(key as Kind);
          },
        }}>
        <Button>
          {t(CHANGE)} <DownOutlined />
        </Button>
      </Dropdown>
      <FormDrawer
        title={asked ? t(asked.name) : ''}
        size={460}
        isOpen={asked !== undefined}
        isSaving={change.isPending}
        problem={change.error}
        submit={CHANGE}
        onSubmit={() => form.submit()}
        onClose={() => setKind(null)}>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={values => void send(values as Record<string, unknown>)}>
          {[...(asked?.needed ?? []), ...(asked?.optional ?? [])].map(member =>
            member === 'shift' ? (
              <ShiftFields key={member} />
            ) : (
              <Field
                key={member}
                name={[member]}
                schema={members[member] ?? {}}
                isRequired={false}
                options={{
                  [member]: {
                    label: asked?.labels?.[member] ?? nameOf(member),
                    isNeeded: asked?.needed.includes(member),
                    isFree: kind === 'AddEquipment' && member === 'equipment',
                    ...(member === 'like' && { source: { path: '/api/equipment/units', value: 'code', name: 'name' } }),
                  },
                }}
              />
            ),
          )}
        </Form>
      </FormDrawer>
    </>
  );
}

interface TypedShift {
  day: Body<typeof PATH, 'post'>['shift'] extends infer S ? (S extends { day: infer D } ? D : never) : never;
  from: Dayjs;
  hours: number;
}
const shiftOf = ({ day, from, hours }: TypedShift) => ({
  day,
  from: from.format('HH:mm:ss'),
  minutes: Math.round(hours * 60),
});

function ShiftFields() {
  const t = useText();
  const rules = [{ required: true, message: t(NEEDED) }];
  return (
    <>
      <Form.Item name={['shift', 'day']} label={t(nameOf('day'))} rules={rules}>
        <Select options={DAYS.map(value => ({ value, label: valueOf(value) }))} />
      </Form.Item>
      <Form.Item name={['shift', 'from']} label={t(FROM)} rules={rules}>
        <TimePicker format="HH:mm" minuteStep={5} needConfirm={false} className="full" />
      </Form.Item>
      <Form.Item name={['shift', 'hours']} label={t(HOURS)} rules={rules}>
        <InputNumber min={0.25} max={168} step={0.5} className="full" />
      </Form.Item>
    </>
  );
}
