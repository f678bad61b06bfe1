import type { RoutingView } from './editor/draft';
import { FlowGraph } from './editor/FlowGraph';

/** The steps as they follow each other: by their links, else one after the other. What shares a column may run side by side. */
export const RoutingGraph = ({ steps }: { steps: RoutingView['steps'] }) => (
  <div className="sheet">
    <FlowGraph steps={steps.map(step => ({ ...step, key: step.code, links: step.planning?.links ?? null }))} />
  </div>
);
