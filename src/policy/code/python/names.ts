/** Names of Python: what is harmless, what is not, and what a host may have put in place. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Built-ins that compute and nothing else. */
export const HARMLESS = words(`
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
  BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
  DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup FileExistsError
  FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError
  IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError
  NameError NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning
  PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration
  StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError
  UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
  ZeroDivisionError abs aiter all anext any ascii bin bool bytearray bytes callable chr classmethod complex dict divmod
  enumerate filter float format frozenset hash hex id int isinstance issubclass iter len list map max memoryview min next
  object oct ord pow print property range repr reversed round set slice sorted staticmethod str sum super tuple zip
  __name__ __doc__ __debug__`);

/** Built-ins that reach beyond the text, and names under which hosts like to keep modules. */
export const RISKY = words(`
  breakpoint compile copyright credits delattr dir eval exec execfile exit file getattr globals hasattr help input license
  locals open quit raw_input reload setattr type unicode vars builtins codecs ctypes get_ipython importlib io marshal os
  pickle posix pty runpy shutil site socket subprocess sys`);

/** Read on an object, these lead out of the text: frames, code, modules that objects carry. */
export const LEAKING_ATTRIBUTES = words(`
  gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_await cr_origin ag_frame ag_code ag_await f_back f_builtins f_code
  f_globals f_locals f_trace tb_frame tb_next tb_lasti co_code co_consts co_names func_code func_globals func_defaults
  func_closure im_func im_self im_class mro obj attrgetter methodcaller with_traceback
  os sys _os _sys _io _thread builtins bltns codecs _codecs ctypes importlib posix nt pty runpy subprocess shutil socket
  marshal pickle inspect linecache sre_compile sre_parse sre_constants _sre _compiler _parser _casefix scanner copyreg enum functools
  eval exec execfile popen system spawnl spawnlp spawnv spawnvp execv execve execvp execl execlp fork forkpty globals locals`);

/** Dunder names that say something about an object without handing out anything, or that a class calls on its parent. */
export const SAFE_DUNDERS = words(`
  __abs__ __add__ __aenter__ __aexit__ __aiter__ __all__ __and__ __anext__ __annotations__ __author__ __bool__ __bytes__ __call__
  __cause__ __ceil__ __class_getitem__ __complex__ __contains__ __context__ __copy__ __deepcopy__ __delitem__ __divmod__
  __doc__ __enter__ __eq__ __exit__ __float__ __floor__ __floordiv__ __format__ __ge__ __get__ __getitem__ __gt__ __hash__
  __iadd__ __iand__ __ifloordiv__ __imul__ __index__ __init__ __init_subclass__ __int__ __invert__ __ior__ __isub__ __iter__
  __itruediv__ __le__ __len__ __length_hint__ __lshift__ __lt__ __match_args__ __matmul__ __members__ __missing__ __mod__
  __mul__ __name__ __ne__ __neg__ __new__ __next__ __notes__ __or__ __pos__ __post_init__ __pow__ __qualname__ __radd__
  __rand__ __rdivmod__ __repr__ __reversed__ __rfloordiv__ __rlshift__ __rmod__ __rmul__ __ror__ __round__ __rpow__
  __rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ __set__ __set_name__ __setitem__ __slots__ __str__ __sub__
  __truediv__ __trunc__ __version__ __xor__ __await__ __delete__ __del__ __getattr__ __setattr__ __dir__ __sizeof__`);

export const isDunder = (name: string): boolean =>
  name.startsWith('__') && name.endsWith('__') && name.length > 4;
