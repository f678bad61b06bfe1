import { DeleteOutlined, PictureOutlined } from '@ant-design/icons';
import { App, Button, Spin } from 'antd';
import { useState } from 'react';
import { FileDrop } from '@/components/FileDrop';
import { Picture, pictureOf } from '@/components/Picture';
import { wordsOf } from '@/lib/words/refusals';
import { useUndo } from '@/components/useUndo';
import { Problem } from '@/lib/api/client';
import { useVerb } from '@/lib/api/hooks';
import { base64Of, shrink } from '@/lib/files';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';

const ADD: Text = ['添加图片', 'Add a picture'];
const DROP: Text = ['点击或拖入', 'Click, or drop it here'];
const CHANGE: Text = ['更换', 'Change'];
const REMOVE: Text = ['移除图片', 'Remove the picture'];
const REMOVED: Text = ['已移除图片', 'The picture is removed'];
const SAVED: Text = ['已保存图片', 'The picture is saved'];
const OF: Text = ['{name} 的图片', 'Picture of {name}'];

const PATH = '/api/work-orders/products/{code}/picture';
const SIDE = 160;

/** What a product looks like, to be changed by who may. */
export function ProductPicture({ product }: { product: { code: string; name: string; picture: string | null } }) {
  const t = useText();
  const { message } = App.useApp();
  const may = useMay()('put', PATH);
  const undo = useUndo();
  const { code, picture } = product;
  const set = useVerb('put', PATH);
  const drop = useVerb('delete', PATH);
  const [isBusy, setIsBusy] = useState(false);
  const path = { code };

  /** Does it, and offers to bring back what was there before. */
  const change = async (done: Text, act: () => Promise<unknown>) => {
    setIsBusy(true);
    try {
      const before = picture ? await contentOf(pictureOf(code, picture)) : null;
      await act();
      undo(`picture ${code}`, t(done), () =>
        before ? set.mutateAsync({ path, body: { content: before } }) : drop.mutateAsync({ path }),
      );
    } catch (problem) {
      void message.error(wordsOf(problem));
    } finally {
      setIsBusy(false);
    }
  };
  const take = ([file]: File[]) => {
    if (!file) return;
    const send = async () => set.mutateAsync({ path, body: { content: await base64Of(await shrink(file)) } });
    void change(SAVED, send);
  };
  if (!picture && !may) return null;
  return (
    <FileDrop className="product-picture" accept=".png,.jpg,.jpeg,.webp" take={may ? take : undefined}>
      {choose => (
        <Spin spinning={isBusy}>
          {picture ? (
            <Picture code={code} version={picture} side={SIDE} alt={t(OF, { name: product.name })} />
          ) : (
            <button type="button" className="none" onClick={choose}>
              <PictureOutlined />
              <span>{t(ADD)}</span>
              <span className="muted">{t(DROP)}</span>
            </button>
          )}
          {picture && may && (
            <div className="verbs">
              <Button size="small" onClick={choose}>
                {t(CHANGE)}
              </Button>
              <Button
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t(REMOVE)}
                title={t(REMOVE)}
                onClick={() => void change(REMOVED, () => drop.mutateAsync({ path }))}
              />
            </div>
          )}
        </Spin>
      )}
    </FileDrop>
  );
}

async function contentOf(address: string) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Problem(answer.status, {});
  return base64Of(await answer.blob());
}
