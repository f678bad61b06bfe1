import type { Texts } from '../../text';

/** Refusals of signing in and on, and of keeping people. */
export const PEOPLE: Texts = {
  'wrong-credentials': ['工牌、用户名或密码不正确', 'Badge, name or secret is wrong'],
  'pin-required': ['请输入 PIN 码', 'Enter the PIN'],
  'locked-out': ['失败次数过多，账户已锁定几分钟', 'Too many failures: locked for some minutes'],
  'not-signed-in': ['登录已结束，请重新登录', 'The session has ended: sign in again'],
  'not-permitted': ['您没有此权限', 'You are not permitted to do this'],
  'password-change-required': ['请先修改一次性密码', 'Change the one-time password first'],
  'weak-password': ['密码太弱', 'This password is too weak'],
  'operator-not-found': ['没有此操作工', 'No operator has this code'],
  'operator-deactivated': ['此人员已停用，请联系管理员', 'This person was deactivated: tell the administrator'],
  'operator-without-role': ['此人员没有车间角色，请联系管理员', 'This person has no role of the floor: tell the administrator'],
  'sign-on-not-found': ['没有此上岗记录，请重新上岗', 'There is no such sign-on: sign on again'],
  'sign-off-before-sign-on': ['离岗时间早于上岗时间', 'The sign-off lies before the sign-on'],
  'acts-for-another': ['只能以本人身份操作，请联系班组长', 'Work under your own name, or ask a foreman'],
  'sign-on-backdated': ['不能补登上岗时间，请联系班组长', 'Sign on as of now; a foreman enters earlier times'],
  'not-at-this-terminal': ['此终端未绑定该设备', 'This terminal is bound to other equipment'],
  'not-signed-on': ['开工时间不在上岗时间内', 'The work began outside your sign-on'],
  'sign-on-in-the-future': ['时间在未来，请检查设备时钟', 'The time lies in the future: check the clock of the device'],
  'operator-not-qualified': ['您没有此设备的资质', 'You are not qualified for this equipment'],
  'person-not-found': ['没有此人员', 'No person has this code'],
  'badge-not-found': ['没有此工牌', 'There is no such badge'],
  'badge-beyond-person': [
    '工牌的角色须是本人已有的角色',
    "A badge gives some of its person's roles: give these to the person first",
  ],
  'roles-beyond-the-floor': [
    '您只能管理车间角色，请联系管理员',
    'You keep people of the floor: ask an administrator for this role',
  ],
  'last-administrator': [
    '这是最后一位有密码的管理员，请先设另一位',
    'This is the last administrator with a password: make another first',
  ],
  'no-password': ['工牌、密钥和终端没有密码', 'Badges, keys and devices have no password'],
  'no-pin': ['您没有带 PIN 的工牌，不能签名', 'You have no badge with a PIN: you cannot sign'],
  'wrong-pin': ['PIN 不对；连续五次错误将锁定五分钟', 'The PIN is wrong; after five failures it is locked for five minutes'],
  'no-user-name': ['请先给此人用户名', 'Give the person a user name first'],
  'api-key-not-found': ['没有此密钥', 'There is no such key'],
  'device-not-found': ['没有此终端', 'There is no such device'],
  'session-not-found': ['没有此登录会话', 'There is no such session'],
};
