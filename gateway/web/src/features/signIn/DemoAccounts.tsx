import { Alert, Button } from 'antd';
import { ProblemAlert } from '@/components/Problem';
import { useRead, useVerb } from '@/lib/api/hooks';
import type { Me } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';

const TITLE: Text = ['演示工厂：选择一个角色直接登录', 'Demo plant: choose a role to sign in'];
const PASSWORD: Text = ['所有演示账户的密码：{password}', 'The password of all of them: {password}'];

/** Accounts of the demo plant, one per role. An installation that is no demo has none. */
export function DemoAccounts({ onDone }: { onDone: (me: Me) => void }) {
  const t = useText();
  const accounts = useRead('/api/identity/demo-accounts');
  const signIn = useVerb('post', '/api/identity/sign-in');
  if (!accounts.data?.length) return null;
  return (
    <Alert
      type="info"
      title={t(TITLE)}
      description={
        <>
          {signIn.error && <ProblemAlert problem={signIn.error} />}
          <div className="accounts">
            {accounts.data.map(({ userName, password, role }) => (
              <Button
                key={userName}
                size="small"
                loading={signIn.isPending && signIn.variables.body?.userName === userName}
                onClick={() => signIn.mutate({ body: { userName, password } }, { onSuccess: onDone })}>
                {valueOf(role)}
              </Button>
            ))}
          </div>
          <span className="muted">{t(PASSWORD, { password: accounts.data[0]!.password })}</span>
        </>
      }
    />
  );
}
