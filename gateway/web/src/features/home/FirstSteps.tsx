import { CheckCircleFilled, RightCircleOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['第一次使用：从空的工厂到第一次报工', 'First steps: from an empty plant to the first report'];
const NEXT: Text = ['下一步', 'Next'];
const DONE: Text = ['已完成', 'Done'];

const LOOKED_AT = 200;

interface Step {
  name: Text;
  why: Text;
  to: string;
  path: string;
  /** Whether one of the items is what is meant; any is where this is not said. */
  isMeant?: (item: never) => boolean;
}

const STEPS: Step[] = [
  {
    name: ['工作中心', 'A work center'],
    why: ['设备所属的区域，如“车削”', 'Where equipment belongs, such as “Turning”'],
    to: '/units',
    path: '/api/equipment/work-centers',
  },
  {
    name: ['设备', 'A machine'],
    why: ['报工和排程都针对设备', 'What is reported on and planned'],
    to: '/units',
    path: '/api/equipment/units',
  },
  {
    name: ['班次日历', 'A calendar'],
    why: ['没有日历的设备随时可用', 'Equipment without one is always open'],
    to: '/calendars',
    path: '/api/equipment/calendars',
  },
  {
    name: ['产品', 'A product'],
    why: ['编号、名称、单位', 'Code, name, unit'],
    to: '/products',
    path: '/api/work-orders/products',
  },
  {
    name: ['工艺路线', 'A routing'],
    why: [
      '在产品页新建：工步、设备、时间，最后一步入库',
      'On the product’s page: steps, equipment, times; the last one is the receipt',
    ],
    to: '/products',
    path: '/api/work-orders/routings',
  },
  {
    name: ['操作工', 'An operator'],
    why: ['角色选“操作工”，可配工牌与 PIN', 'With the role operator, and a badge with a PIN'],
    to: '/people',
    path: '/api/work-orders/operators',
  },
  {
    name: ['技能', 'A skill'],
    why: ['操作工有资质的设备', 'The machines that the operator is qualified for'],
    to: '/operators',
    path: '/api/work-orders/operators',
    isMeant: (operator: { skills: string[] }) => operator.skills.length > 0,
  },
  {
    name: ['工单', 'An order'],
    why: ['选择工艺路线和数量，立即下达', 'Choose the routing and a quantity, and release it at once'],
    to: '/orders',
    path: '/api/work-orders/orders',
  },
  {
    name: ['第一次报工', 'The first report'],
    why: ['在终端上岗、选择设备、报工', 'At the terminal: sign on, choose the machine, report'],
    to: '/terminal/',
    path: '/api/erp/confirmations',
  },
];

/** What an empty plant still lacks, in the order in which it is entered. Gone when the first report is made. */
export function FirstSteps() {
  const t = useText();
  const may = useMay();
  const mayAll = STEPS.every(step => may('get', step.path));
  const there = useQueries({
    queries: STEPS.map(step => ({
      queryKey: [step.path, 'is there', step.to],
      enabled: mayAll,
      queryFn: async () => {
        const page = await read(step.path as '/api/work-orders/orders', { query: { size: step.isMeant ? LOOKED_AT : 1 } });
        return step.isMeant ? page.items.some(item => step.isMeant!(item as never)) : page.items.length > 0;
      },
    })),
  });
  if (!mayAll || there.some(step => step.data === undefined) || there.at(-1)?.data) return null;
  const next = there.findIndex(step => !step.data);
  return (
    <section className="section sheet padded gap" aria-label={t(TITLE)}>
      <h2>{t(TITLE)}</h2>
      <ol className="first-steps">
        {STEPS.map((step, index) => {
          const isDone = there[index]?.data;
          const name = step.to === '/terminal/' ? <a href={step.to}>{t(step.name)}</a> : <Link to={step.to}>{t(step.name)}</Link>;
          return (
            <li key={step.name[1]} aria-current={index === next ? 'step' : undefined}>
              {isDone ? (
                <CheckCircleFilled className="done" aria-label={t(DONE)} />
              ) : index === next ? (
                <RightCircleOutlined aria-label={t(NEXT)} />
              ) : (
                <span className="number">{index + 1}</span>
              )}
              <strong>{name}</strong>
              <span className="muted">{t(step.why)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
