import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Messages, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { RouterProvider } from 'react-router';
import { Problem } from '@/lib/api/client';
import { ME_KEY } from '@/lib/session';
import { useLanguage } from '@/lib/text';
import { router } from './routes';
import { themeOf } from './tokens';
import { useAppearance } from '@/lib/appearance';

const RETRIES_MAX = 2;

const client: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchInterval: 60_000, // live events tell sooner
      retry: (count, problem) =>
        problem instanceof Problem && problem.isTemporary && problem.status !== 429 && count < RETRIES_MAX,
      networkMode: 'always', // the server of a plant may be reached without the internet, and what is not reached is told
    },
    mutations: { networkMode: 'always' },
  },
});

/** A session that has ended anywhere leads to the sign-in; what was typed is kept as a draft. */
client.getQueryCache().subscribe(event => {
  if (event.type !== 'updated' || event.query.queryHash === JSON.stringify(ME_KEY)) return;
  const problem = event.query.state.error;
  if (problem instanceof Problem && problem.status === 401) client.setQueryData(ME_KEY, null);
});

export function App() {
  const language = useLanguage();
  const { isDark } = useAppearance();
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return (
    <ConfigProvider
      theme={themeOf(isDark)}
      locale={language === 'zh-CN' ? zhCN : enUS}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}>
      <Messages>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  );
}
