namespace Foreign.Leaks;

public static class Theme
{
    public static event EventHandler? Switched;

    public static void Switch() => Switched?.Invoke(null, EventArgs.Empty);
}

public class ThemeView : IDisposable
{
    private bool isDark;

    public void Load() => Theme.Switched += (_, _) => isDark = !isDark;

    // Another lambda: this removes nothing.
    public void Dispose() => Theme.Switched -= (_, _) => isDark = !isDark;
}
