"""The kernels that tests share."""

import subprocess

import pytest

from kernel_under_test import NODE, ROOT, Kernel


@pytest.fixture(scope="session", autouse=True)
def built():
    """The kernel is tested as it is shipped."""
    subprocess.run([NODE, str(ROOT / "kernel" / "install" / "build.mjs")], check=True, cwd=ROOT)


@pytest.fixture
def kernels(tmp_path):
    """Starts kernels that end with the test."""
    running = []

    def start(env=None):
        folder = tmp_path / str(len(running))
        folder.mkdir()
        running.append(Kernel(folder, env))
        return running[-1]

    yield start
    for kernel in running:
        kernel.stop()


@pytest.fixture
def kernel(kernels):
    return kernels()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One kernel for the tests of a file that leave it as they found it."""
    kernel = Kernel(tmp_path_factory.mktemp("shared"))
    yield kernel
    kernel.stop()


class Graded(Kernel):
    """A kernel that grades in a folder with data, notebooks and a link to the solution."""

    def prepare(self):
        files = ["data.csv", "data/more/data.csv", "with-notebook/data.csv"]
        for name, text in zip(files, ["1,2\n", "3,4\n", "5,6\n"]):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)
        for name in ["ps.ipynb", "with-notebook/old.ipynb"]:
            (self.folder / name).write_text("hidden tests")
        for name in ["*", "ps*", "with-notebook/o*b", "w*"]:
            (self.folder / name).write_text("a name that Node.js could read as others, too")
        (self.folder / "node_modules" / "own").mkdir(parents=True)
        (self.folder / "node_modules" / "own" / "index.js").write_text("exports.own = 5")
        (self.folder / "node_modules" / "other").mkdir()
        for link in ["node_modules/above", "node_modules/other/above"]:
            (self.folder / link).symlink_to(self.folder.parent, target_is_directory=True)
        solution = self.folder.parent / "solution.ts"
        solution.write_text("export const answer = 42")
        (self.folder / "link.csv").symlink_to(solution)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    env = {"NBGRADER_EXECUTION": "autograde", "SECRET_TOKEN": "hidden"}
    kernel = Graded(tmp_path_factory.mktemp("graded"), env)
    yield kernel
    kernel.stop()
