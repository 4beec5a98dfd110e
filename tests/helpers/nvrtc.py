"""Compile CUDA source without a GPU: NVRTC's C interface through ctypes."""

import ctypes
import ctypes.util
import importlib.util
from pathlib import Path


def find_nvrtc():
    """Return the NVRTC library of a wheel or of the system, or None."""
    spec = importlib.util.find_spec("nvidia")
    folders = [Path(p) for p in spec.submodule_search_locations] if spec else []
    candidates = [
        path for folder in folders for path in sorted(folder.glob("*/lib/libnvrtc.so.[0-9]*"))
    ]
    candidates += sorted(Path("/usr/local/cuda/lib64").glob("libnvrtc.so"))
    for candidate in candidates:
        try:
            return ctypes.CDLL(str(candidate))
        except OSError:
            continue
    name = ctypes.util.find_library("nvrtc")
    return ctypes.CDLL(name) if name else None


def compile_with_nvrtc(library, source, architecture, options):
    """Return NVRTC's status (0 is success) and its log."""
    program = ctypes.c_void_p()
    status = library.nvrtcCreateProgram(
        ctypes.byref(program), source.encode(), b"drizzle.cu", 0, None, None
    )
    assert status == 0
    arguments = [f"--gpu-architecture={architecture}", *options]
    array = (ctypes.c_char_p * len(arguments))(*(a.encode() for a in arguments))
    status = library.nvrtcCompileProgram(program, len(arguments), array)
    size = ctypes.c_size_t()
    library.nvrtcGetProgramLogSize(program, ctypes.byref(size))
    log = ctypes.create_string_buffer(size.value)
    library.nvrtcGetProgramLog(program, log)
    library.nvrtcDestroyProgram(ctypes.byref(program))
    return status, log.value.decode()
