import {
  AimOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalculatorOutlined,
  CheckSquareOutlined,
  CalendarOutlined,
  ContainerOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  DeploymentUnitOutlined,
  ExperimentOutlined,
  FileProtectOutlined,
  FundProjectionScreenOutlined,
  HomeOutlined,
  IdcardOutlined,
  KeyOutlined,
  NodeIndexOutlined,
  NumberOutlined,
  PartitionOutlined,
  PauseCircleOutlined,
  ProjectOutlined,
  RetweetOutlined,
  ScheduleOutlined,
  SettingOutlined,
  SwapOutlined,
  TeamOutlined,
  ToolOutlined,
  UnorderedListOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Text } from '@/lib/text';

export interface Place {
  to: string;
  /** What its list shows at first. */ search?: string;
  name: Text;
  icon: ReactNode;
  needs?: string;
}
export interface Area {
  name: Text;
  places: Place[];
}

const READ = {
  orders: 'work-orders.read',
  plans: 'scheduling.read',
  quality: 'quality.read',
  stock: 'inventory.read',
  equipment: 'equipment.read',
};

const OPEN_ORDERS = '?status=Planned&status=Released&status=OnHold';

/** Where everything is. Who may not read of it does not see the way. */
export const AREAS: Area[] = [
  {
    name: ['生产', 'Production'],
    places: [
      { to: '/', name: ['总览', 'Overview'], icon: <HomeOutlined /> },
      { to: '/orders', search: OPEN_ORDERS, name: ['工单', 'Orders'], icon: <UnorderedListOutlined />, needs: READ.orders },
      { to: '/discrepancies', name: ['报工差异', 'Discrepancies'], icon: <WarningOutlined />, needs: READ.orders },
      {
        to: '/handover',
        search: '?status=Open',
        name: ['交接班', 'Shift handover'],
        icon: <RetweetOutlined />,
        needs: READ.equipment,
      },
      { to: '/piece-work', name: ['计件', 'Piece work'], icon: <CalculatorOutlined />, needs: READ.orders },
      { to: '/genealogy', name: ['追溯', 'Genealogy'], icon: <NodeIndexOutlined />, needs: READ.orders },
    ],
  },
  {
    name: ['计划', 'Planning'],
    places: [
      { to: '/board', name: ['计划板', 'Plan board'], icon: <ProjectOutlined />, needs: READ.plans },
      { to: '/adherence', name: ['计划执行', 'Adherence'], icon: <CheckSquareOutlined />, needs: READ.plans },
      { to: '/plans', name: ['排程计划', 'Plans'], icon: <ScheduleOutlined />, needs: READ.plans },
      { to: '/runs', name: ['排程运行', 'Planning runs'], icon: <AimOutlined />, needs: READ.plans },
      { to: '/scenarios', name: ['方案', 'Scenarios'], icon: <PartitionOutlined />, needs: READ.plans },
      { to: '/planning-setup', name: ['排程设置', 'Planning set-up'], icon: <SettingOutlined />, needs: READ.plans },
    ],
  },
  {
    name: ['质量', 'Quality'],
    places: [
      { to: '/inspections', name: ['检验', 'Inspections'], icon: <ExperimentOutlined />, needs: READ.quality },
      { to: '/nonconformances', name: ['不合格品', 'Nonconformances'], icon: <WarningOutlined />, needs: READ.quality },
      { to: '/holds', name: ['质量暂停', 'Holds'], icon: <PauseCircleOutlined />, needs: READ.quality },
      {
        to: '/inspection-plans',
        name: ['检验计划', 'Inspection plans'],
        icon: <FileProtectOutlined />,
        needs: READ.quality,
      },
    ],
  },
  {
    name: ['库存', 'Stock'],
    places: [
      { to: '/stock', name: ['库存', 'Stock'], icon: <DatabaseOutlined />, needs: READ.stock },
      { to: '/lots', name: ['批次', 'Lots'], icon: <ContainerOutlined />, needs: READ.stock },
      { to: '/demands', name: ['需求与预留', 'Demands'], icon: <AuditOutlined />, needs: READ.stock },
      {
        to: '/stock-discrepancies',
        name: ['库存差异', 'Stock discrepancies'],
        icon: <WarningOutlined />,
        needs: READ.stock,
      },
      { to: '/materials', name: ['物料', 'Materials'], icon: <AppstoreOutlined />, needs: READ.stock },
      { to: '/locations', name: ['库位', 'Locations'], icon: <DeploymentUnitOutlined />, needs: READ.stock },
    ],
  },
  {
    name: ['设备', 'Equipment'],
    places: [
      { to: '/floor', name: ['车间现况', 'Floor'], icon: <DashboardOutlined />, needs: READ.equipment },
      { to: '/wall', name: ['看板', 'Wall view'], icon: <FundProjectionScreenOutlined />, needs: READ.equipment },
      { to: '/oee', name: ['设备效率 OEE', 'OEE'], icon: <BarChartOutlined />, needs: READ.equipment },
      { to: '/units', name: ['设备', 'Equipment'], icon: <ToolOutlined />, needs: READ.equipment },
      { to: '/calendars', name: ['日历', 'Calendars'], icon: <CalendarOutlined />, needs: READ.equipment },
      { to: '/reasons', name: ['停机原因', 'Stop reasons'], icon: <PauseCircleOutlined />, needs: READ.equipment },
    ],
  },
  {
    name: ['主数据', 'Master data'],
    places: [
      { to: '/products', name: ['产品', 'Products'], icon: <AppstoreOutlined />, needs: READ.orders },
      { to: '/routings', name: ['工艺路线', 'Routings'], icon: <PartitionOutlined />, needs: READ.orders },
      { to: '/numbering', name: ['编号规则', 'Numbering'], icon: <NumberOutlined />, needs: READ.orders },
      { to: '/operators', name: ['技能', 'Skills'], icon: <TeamOutlined />, needs: READ.orders },
    ],
  },
  {
    name: ['系统', 'System'],
    places: [
      { to: '/people', name: ['人员', 'People'], icon: <TeamOutlined />, needs: 'people.manage' },
      { to: '/badges', name: ['工牌', 'Badges'], icon: <IdcardOutlined />, needs: 'identity.manage' },
      { to: '/access', name: ['终端与密钥', 'Devices and keys'], icon: <KeyOutlined />, needs: 'identity.manage' },
      { to: '/exchange', name: ['数据交换', 'Exchange'], icon: <SwapOutlined />, needs: 'erp.exchange' },
      { to: '/parked', name: ['搁置消息', 'Parked messages'], icon: <PauseCircleOutlined />, needs: 'messages.replay' },
      { to: '/audit', name: ['审计', 'Audit'], icon: <AuditOutlined />, needs: 'audit.read' },
    ],
  },
];

export const areasOf = (permissions: readonly string[]): Area[] =>
  AREAS.map(area => ({
    ...area,
    places: area.places.filter(place => !place.needs || permissions.includes(place.needs)),
  })).filter(area => area.places.length > 0);

/** Where each role begins; the first of these roles that somebody has. */
const STARTS: [role: string, to: string][] = [
  ['administrator', '/'],
  ['foreman', '/'],
  ['planner', '/board'],
  ['engineer', '/products'],
  ['quality', '/inspections?status=Open'],
  ['warehouse', '/stock'],
  ['maintenance', '/units'],
  ['personnel', '/people'],
  ['board', '/wall'],
  ['erp', '/exchange'],
];

export const startOf = (roles: readonly string[]) => STARTS.find(([role]) => roles.includes(role))?.[1] ?? '/';

/** An operator works at the terminal. */
export const worksAtTerminal = (roles: readonly string[]) => roles.length > 0 && roles.every(role => role === 'operator');
