import { Alert, Button, Form, Input } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemAlert } from '@/components/Problem';
import { read } from '@/lib/api/client';
import { useVerb } from '@/lib/api/hooks';
import { ME_KEY, type Me } from '@/lib/session';
import { useText, type Text } from '@/lib/text';

const FIRST: Text = ['首次登录，请设置自己的密码', 'This password is for once: choose your own'];
const CURRENT: Text = ['当前密码', 'Current password'];
const NEW: Text = ['新密码（至少 12 个字符）', 'New password (at least 12 characters)'];
const REPEATED: Text = ['再输入一次', 'The same again'];
const DIFFERENT: Text = ['两次输入不同', 'The two are different'];
const NEEDED: Text = ['请填写', 'Enter this'];
const SAVE: Text = ['保存密码', 'Save the password'];

/** A one-time password is changed before anything else. */
export function ChangePassword({ onDone }: { onDone: (me: Me) => void }) {
  const t = useText();
  const client = useQueryClient();
  const change = useVerb('post', '/api/identity/password');
  const rules = [{ required: true, message: t(NEEDED) }];
  const send = async (values: { current: string; new: string }) => {
    try {
      await change.mutateAsync({ body: { current: values.current, new: values.new } });
      const me = await read('/api/identity/me');
      client.setQueryData(ME_KEY, me);
      onDone(me);
    } catch {
      // shown below, from change.error
    }
  };
  return (
    <Form layout="vertical" onFinish={values => void send(values)} requiredMark={false}>
      <Alert type="info" showIcon title={t(FIRST)} className="gap" />
      {change.error && (
        <div className="gap">
          <ProblemAlert problem={change.error} />
        </div>
      )}
      <Form.Item name="current" label={t(CURRENT)} rules={rules}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new" label={t(NEW)} rules={[...rules, { min: 12, message: t(NEW) }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t(REPEATED)}
        dependencies={['new']}
        rules={[
          ...rules,
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t(DIFFERENT))),
          }),
        ]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" block htmlType="submit" loading={change.isPending}>
        {t(SAVE)}
      </Button>
    </Form>
  );
}
