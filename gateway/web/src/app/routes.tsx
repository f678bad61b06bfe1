import { Spin } from 'antd';
import type { ComponentType } from 'react';
import { createBrowserRouter, Navigate, useLocation, useRouteError, type RouteObject } from 'react-router';
import { ProblemAlert } from '@/components/Problem';
import { SessionContext, useMe, useSession } from '@/lib/session';
import { NotFound } from './NotFound';
import { Bare, Shell } from './Shell';
import { startOf, worksAtTerminal } from './navigation';

/** Whoever is not signed in is led to the sign-in, and back. What hangs on a wall has no frame. */
function SignedIn({ frame: Frame }: { frame: ComponentType }) {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.isLoading) return <Spin fullscreen />;
  if (me.isError) return <ProblemAlert problem={me.error} retry={() => void me.refetch()} />;
  if (!me.data || me.data.mustChangePassword)
    return <Navigate to={pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <SessionContext value={me.data}>
      <Frame />
    </SessionContext>
  );
}

/** Each role begins where its work is. */
function Start() {
  const { roles } = useSession();
  if (!worksAtTerminal(roles)) return <Navigate to={startOf(roles)} replace />;
  window.location.replace('/terminal/');
  return null;
}

const Failed = () => <ProblemAlert problem={useRouteError()} retry={() => window.location.reload()} />;

const page = (path: string, lazy: RouteObject['lazy']): RouteObject => ({ path, lazy });

const Waiting = () => <Spin fullscreen />;

export const router = createBrowserRouter([
  {
    path: '/sign-in',
    lazy: () => import('@/features/signIn/SignInPage'),
    errorElement: <Failed />,
    hydrateFallbackElement: <Waiting />,
  },
  {
    element: <SignedIn frame={Bare} />,
    errorElement: <Failed />,
    hydrateFallbackElement: <Waiting />,
    children: [page('/wall', () => import('@/features/equipment/WallPage'))],
  },
  {
    element: <SignedIn frame={Shell} />,
    errorElement: <Failed />,
    hydrateFallbackElement: <Waiting />,
    children: [
      {
        errorElement: <Failed />,
        children: [
          page('/', () => import('@/features/home/HomePage')),
          { path: '/start', element: <Start /> },
          page('/orders', () => import('@/features/orders/OrdersPage')),
          page('/orders/:id', () => import('@/features/orders/OrderPage')),
          page('/orders/:id/traveller', () => import('@/features/orders/TravellerPage')),
          page('/orders/:id/unit-labels', () => import('@/features/orders/UnitLabelsPage')),
          page('/01/*', () => import('@/features/masterData/DigitalLinkPage')),
          page('/lots/label', () => import('@/features/stock/LotLabelPage')),
          page('/numbering', () => import('@/features/orders/NumberingPage')),
          page('/serials/one', () => import('@/features/production/PiecePage')),
          page('/discrepancies', () => import('@/features/production/DiscrepanciesPage')),
          page('/handover', () => import('@/features/production/HandoverPage')),
          page('/piece-work', () => import('@/features/production/PieceWorkPage')),
          page('/genealogy', () => import('@/features/production/GenealogyPage')),
          page('/board', () => import('@/features/planning/board/BoardPage')),
          page('/plans', () => import('@/features/planning/PlansPage')),
          page('/plans/:id', () => import('@/features/planning/PlanPage')),
          page('/adherence', () => import('@/features/planning/AdherencePage')),
          page('/runs', () => import('@/features/planning/runs/RunsPage')),
          page('/runs/:id', () => import('@/features/planning/runs/RunPage')),
          page('/scenarios', () => import('@/features/planning/ScenariosPage')),
          page('/scenarios/:id', () => import('@/features/planning/ScenarioPage')),
          page('/planning-setup', () => import('@/features/planning/PlanningSetupPage')),
          page('/planning-setup/setups', () => import('@/features/planning/setups/SetupsPage')),
          page('/inspections', () => import('@/features/quality/InspectionsPage')),
          page('/inspections/:id', () => import('@/features/quality/InspectionPage')),
          page('/nonconformances', () => import('@/features/quality/NonconformancesPage')),
          page('/nonconformances/:id', () => import('@/features/quality/NonconformancePage')),
          page('/holds', () => import('@/features/quality/HoldsPage')),
          page('/inspection-plans', () => import('@/features/quality/InspectionPlansPage')),
          page('/stock', () => import('@/features/stock/StockPage')),
          page('/lots', () => import('@/features/stock/LotsPage')),
          page('/lots/one', () => import('@/features/stock/LotPage')),
          page('/demands', () => import('@/features/stock/DemandsPage')),
          page('/stock-discrepancies', () => import('@/features/stock/StockDiscrepanciesPage')),
          page('/materials', () => import('@/features/stock/MaterialsPage')),
          page('/locations', () => import('@/features/stock/LocationsPage')),
          page('/floor', () => import('@/features/equipment/FloorPage')),
          page('/oee', () => import('@/features/equipment/OeePage')),
          page('/units', () => import('@/features/equipment/UnitsPage')),
          page('/units/one', () => import('@/features/equipment/UnitPage')),
          page('/units/shift', () => import('@/features/equipment/ShiftPage')),
          page('/units/interval', () => import('@/features/equipment/IntervalPage')),
          page('/calendars', () => import('@/features/equipment/CalendarsPage')),
          page('/reasons', () => import('@/features/equipment/ReasonsPage')),
          page('/products', () => import('@/features/masterData/ProductsPage')),
          page('/products/one', () => import('@/features/masterData/ProductPage')),
          page('/routings', () => import('@/features/masterData/RoutingsPage')),
          page('/routings/edit', () => import('@/features/masterData/editor/EditorPage')),
          page('/routings/new', () => import('@/features/masterData/editor/EditorPage')),
          page('/routings/one', () => import('@/features/masterData/RoutingPage')),
          page('/operators', () => import('@/features/masterData/OperatorsPage')),
          page('/people', () => import('@/features/people/PeoplePage')),
          page('/badges', () => import('@/features/people/BadgesPage')),
          page('/access', () => import('@/features/people/AccessPage')),
          page('/exchange', () => import('@/features/exchange/ExchangePage')),
          page('/parked', () => import('@/features/system/ParkedPage')),
          page('/audit', () => import('@/features/system/AuditPage')),
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
