"""The kernel as Jupyter itself finds it in the environment that setup made."""

import os

from jupyter_client.kernelspec import KernelSpecManager


def test_jupyter_finds_the_kernel_with_its_logos():
    spec = KernelSpecManager().get_kernel_spec("downhill")
    assert spec.language == "typescript"
    assert spec.argv[-1] == "{connection_file}"
    assert {"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"} <= set(os.listdir(spec.resource_dir))
