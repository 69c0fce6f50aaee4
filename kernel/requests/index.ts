import { comm } from "./comm.ts";
import { commInfo } from "./commInfo.ts";
import { complete } from "./complete.ts";
import { connect } from "./connect.ts";
import { debug } from "./debug.ts";
import { execute } from "./execute.ts";
import { history } from "./history.ts";
import { inputReply } from "./input.ts";
import { inspect } from "./inspect.ts";
import { interrupt } from "./interrupt.ts";
import { isComplete } from "./isComplete.ts";
import type { Handler } from "./Kernel.ts";
import { kernelInfo } from "./kernelInfo.ts";
import { shutdown } from "./shutdown.ts";
import { createSubshell, deleteSubshell, listSubshell } from "./subshell.ts";
import { usage } from "./usage.ts";

export { EarlyReply, errorReply, type Kernel, type Subshells } from "./Kernel.ts";

/** Every request that the kernel answers. */
export const handlers: Readonly<Record<string, Handler>> = {
  kernel_info_request: kernelInfo,
  execute_request: execute,
  is_complete_request: isComplete,
  interrupt_request: interrupt,
  shutdown_request: shutdown,
  comm_info_request: commInfo,
  connect_request: connect,
  history_request: history,
  complete_request: complete,
  inspect_request: inspect,
  comm_open: comm,
  comm_msg: comm,
  comm_close: comm,
  input_reply: inputReply,
  usage_request: usage,
  debug_request: debug,
  create_subshell_request: createSubshell,
  delete_subshell_request: deleteSubshell,
  list_subshell_request: listSubshell,
};
