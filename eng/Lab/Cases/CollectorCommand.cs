using System.CommandLine;
using System.Globalization;

namespace Shop.Lab.Cases;

/// <summary>The command <c>gc</c>: which settings of the garbage collector took effect, whatever the environment says.</summary>
internal static class CollectorCommand
{
    public static Command Create()
    {
        var command = new Command("gc",
            "Prints the settings of the garbage collector as they took effect in this process: try environment variables with it.");
        command.SetAction(_ =>
        {
            foreach (var (name, value) in GC.GetConfigurationVariables().OrderBy(variable => variable.Key, StringComparer.Ordinal))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"TotalAvailableMemoryBytes {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes}"));
        });
        return command;
    }
}
