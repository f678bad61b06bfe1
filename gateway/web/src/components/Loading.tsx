import { Skeleton } from 'antd';

/** What is seen while something is read; without a title, which would be a heading of nothing. */
export const Loading = ({ rows = 4 }: { rows?: number }) => <Skeleton active title={false} paragraph={{ rows }} />;
