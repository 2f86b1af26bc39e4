using System.ComponentModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults;

/// <summary>
/// Makes a program read all durations of its configuration in the format of <see cref="Durations"/>, and exit with one line instead of a
/// stack trace if a value is invalid.
/// </summary>
public static class StrictConfiguration
{
    /// <summary>The exit code for an invalid value.</summary>
    public const int ExitCode = 2;

    private static readonly string? Binder = typeof(ConfigurationBinder).Assembly.GetName().Name;
    private static bool _applied;

    /// <summary>Applies to the whole process. Call it before the configuration is read.</summary>
    /// <param name="others">Exceptions of the program that explain an invalid configuration too.</param>
    public static void Apply(params Type[] others)
    {
        if (Interlocked.Exchange(ref _applied, true))
            return;
        TypeDescriptor.AddAttributes(typeof(TimeSpan), new TypeConverterAttribute(typeof(DurationConverter)));
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is not Exception exception || !Explains(exception, others))
                return;
            var cause = exception.GetBaseException();
            var message = cause == exception ? exception.Message : $"{exception.Message} {cause.Message}";
            Console.Error.WriteLine(message.ReplaceLineEndings(" "));
            Environment.Exit(ExitCode);
        };
    }

    private static bool Explains(Exception exception, Type[] others)
        => exception is OptionsValidationException || exception.Source == Binder || others.Contains(exception.GetType());
}
