import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { ProblemAlert } from '@/components/Problem';
import { Problem } from '@/lib/api/client';
import { useVerb } from '@/lib/api/hooks';
import { ME_KEY, useMe, type Me } from '@/lib/session';
import { switchLanguage, useLanguage, useText, type Text } from '@/lib/text';
import { ChangePassword } from './ChangePassword';
import { DemoAccounts } from './DemoAccounts';

const CLAIM: Text = [
  '工厂在 ERP 与设备之间运行的软件：工单、有限产能排程、质量、库存与设备效率。',
  'What a factory runs on between its ERP and its machines: orders, finite-capacity plans, quality, stock, equipment.',
];
const PROMISE: Text = ['报过的数据不会丢失，也不会重复计算。', 'Nothing that was reported is lost or counted twice.'];
const SIGN_IN: Text = ['登录', 'Sign in'];
const USER_NAME: Text = ['用户名', 'User name'];
const PASSWORD: Text = ['密码', 'Password'];
const BADGE: Text = ['工牌', 'Badge'];
const BY_NAME: Text = ['用户名', 'By name'];
const PIN: Text = ['PIN 码', 'PIN'];
const NEEDED: Text = ['请填写', 'Enter this'];
const OTHER_LANGUAGE: Text = ['English', '中文'];

/** Pages outside of the app, which lead here whoever is not signed in. */
const OUTSIDE: Record<string, string> = { openapi: '/openapi/', jobs: '/jobs' };

/** Who are you? Then on to where you wanted to go. */
export function Component() {
  const t = useText();
  const me = useMe();
  const language = useLanguage();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [way, setWay] = useState<'name' | 'badge'>('name');
  const [next] = useState(() => params.get('next'));
  const goOn = (signedIn: Me) => {
    client.setQueryData(ME_KEY, signedIn);
    if (signedIn.mustChangePassword) return;
    const outside = next && OUTSIDE[next];
    if (outside) window.location.assign(outside);
    else void navigate(next?.startsWith('/') && !next.startsWith('//') ? next : '/start', { replace: true });
  };
  if (me.data && !me.data.mustChangePassword && !next) return <Navigate to="/start" replace />;
  return (
    <div className="gate">
      <div className="side">
        <div className="name">Mes</div>
        <p>{t(CLAIM)}</p>
        <p>{t(PROMISE)}</p>
      </div>
      <main className="form">
        <div>
          <div className="page-head">
            <h1>{t(SIGN_IN)}</h1>
            <div className="actions">
              <Button id="language" onClick={() => switchLanguage(language === 'en' ? 'zh-CN' : 'en')}>
                {t(OTHER_LANGUAGE)}
              </Button>
            </div>
          </div>
          {me.data?.mustChangePassword ? (
            <ChangePassword onDone={goOn} />
          ) : (
            <>
              <Segmented
                block
                className="gap"
                value={way}
                onChange={setWay}
                options={[
                  { label: t(BY_NAME), value: 'name' },
                  { label: t(BADGE), value: 'badge' },
                ]}
              />
              {way === 'name' ? <ByName onDone={goOn} /> : <ByBadge onDone={goOn} />}
            </>
          )}
        </div>
        <DemoAccounts onDone={goOn} />
      </main>
    </div>
  );
}

function ByName({ onDone }: { onDone: (me: Me) => void }) {
  const t = useText();
  const signIn = useVerb('post', '/api/identity/sign-in');
  const rules = [{ required: true, message: t(NEEDED) }];
  const send = (body: { userName: string; password: string }) => signIn.mutate({ body }, { onSuccess: onDone });
  return (
    <Form layout="vertical" onFinish={send} requiredMark={false}>
      {signIn.error && (
        <div className="gap">
          <ProblemAlert problem={signIn.error} />
        </div>
      )}
      <Form.Item name="userName" label={t(USER_NAME)} rules={rules}>
        <Input size="large" autoFocus autoComplete="username" />
      </Form.Item>
      <Form.Item name="password" label={t(PASSWORD)} rules={rules}>
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
        {t(SIGN_IN)}
      </Button>
    </Form>
  );
}

/** A scanner types the badge and Enter; a PIN is asked for where the badge has one. */
function ByBadge({ onDone }: { onDone: (me: Me) => void }) {
  const t = useText();
  const signIn = useVerb('post', '/api/identity/sign-in/badge');
  const asksPin = signIn.error instanceof Problem && ['pin-required', 'wrong-credentials'].includes(signIn.error.code);
  const send = (body: { badge: string; pin?: string }) =>
    signIn.mutate({ body: { badge: body.badge.trim(), pin: body.pin || undefined } as never }, { onSuccess: onDone });
  return (
    <Form layout="vertical" onFinish={send} requiredMark={false}>
      {signIn.error && (
        <div className="gap">
          <ProblemAlert problem={signIn.error} />
        </div>
      )}
      <Form.Item name="badge" label={t(BADGE)} rules={[{ required: true, message: t(NEEDED) }]}>
        <Input size="large" autoFocus autoComplete="off" />
      </Form.Item>
      {asksPin && (
        <Form.Item name="pin" label={t(PIN)}>
          <Input.Password size="large" inputMode="numeric" autoComplete="off" maxLength={8} autoFocus />
        </Form.Item>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
        {t(SIGN_IN)}
      </Button>
    </Form>
  );
}
