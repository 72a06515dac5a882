/** The core of `qrcode`, whose types describe the whole package only. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode';
}
