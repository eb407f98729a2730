/** The words of identity's notices, by their codes, Vietnamese first. */
const notice = (vi: string, en: string) => ({ vi: () => vi, en: () => en })

/** What a member is told of the own ways in. */
export const IDENTITY_NOTICES = {
  'passkey.added': notice(
    'Một khóa truy cập vừa được thêm vào tài khoản của đồng chí. Nếu không phải đồng chí thêm, vào Phiên đăng nhập và bảo mật, gỡ khóa đó ngay.',
    'A passkey was added to your account. If you did not add it, open Sessions and security and remove it at once.',
  ),
  'passkey.removed': notice(
    'Khóa truy cập của đồng chí vừa được gỡ. Nếu không phải đồng chí gỡ, vào Phiên đăng nhập và bảo mật để xem lại.',
    'A passkey of yours was removed. If you did not remove it, look at Sessions and security.',
  ),
  'passkey.copied': notice(
    'Một khóa truy cập của đồng chí có dấu hiệu bị sao chép, nên lần vào đó bị từ chối. Đồng chí gỡ khóa này rồi đăng ký lại.',
    'A passkey of yours looks copied, so it was refused. Remove it and register another one.',
  ),
}
