from hotspots.archive.folders import walk_folders


def names(root):
    return [(folder.relative_to(root).as_posix(), files) for folder, files in walk_folders(root)]


def test_order_is_that_of_names_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b/z.LBL", "b/a.LBL", "a/x.LBL", ".git/x.LBL", "a/._x.LBL"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert names(tmp_path) == [(".", []), ("a", ["x.LBL"]), ("b", ["a.LBL", "z.LBL"])]


def test_links_are_followed_once(tmp_path):
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    for folder in (root, elsewhere):
        folder.mkdir()
    (elsewhere / "x.LBL").touch()
    (root / "a").symlink_to(elsewhere)
    (root / "b").symlink_to(elsewhere)
    (elsewhere / "loop").symlink_to(root)
    assert names(root) == [(".", []), ("a", ["x.LBL"])]
