/** What a reader sees without a network: kept on the device, so it shows nobody's name and both languages. */
import { PageTitle, Prose } from '../../ui/page-title.tsx'

export const OFFLINE_TITLE = 'Đang mất mạng'

export function OfflinePage() {
  return (
    <>
      <PageTitle
        title={OFFLINE_TITLE}
        lead="Trang đồng chí muốn mở chưa được giữ trên máy này. Những gì đã ghi vào đơn không mất."
      />
      <Prose>
        <ul>
          <li>Kiểm tra Wi-Fi hoặc dữ liệu di động, rồi tải lại trang.</li>
          <li>Các trang vừa mở vẫn đọc được: bấm nút quay lại của trình duyệt.</li>
          <li>Muốn gửi đơn hoặc ký thì cần có mạng.</li>
        </ul>
        <p lang="en">
          You are offline. The page you want is not kept on this device. Check the network and load the page
          again; what you wrote in a form is not lost.
        </p>
      </Prose>
    </>
  )
}
