// Pure code is compiled without the DOM's and Node's globals; these two exist in every environment we run in.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text as it was, a leading byte order mark included. Invalid sequences become U+FFFD: a hostile name is shown, never thrown over. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
