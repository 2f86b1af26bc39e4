using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4. Names as OpenTelemetry's mapping has them: dots become underscores,
/// the unit and for counters <c>total</c> are appended.
/// </summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();
    private string? _named;

    /// <summary>Writes a metric. Those of one name must follow each other.</summary>
    public void Write(Metric metric)
    {
        var name = NameOf(metric);
        if (name != _named)
            WriteHeader(name, metric);
        foreach (ref readonly var point in metric.GetMetricPoints())
            WritePoint(name, metric.MetricType, point);
    }

    public override string ToString() => _text.ToString();

    /// <summary>The metric's name in Prometheus.</summary>
    public static string NameOf(Metric metric)
    {
        var name = new StringBuilder(Sanitize(metric.Name));
        if (UnitOf(metric) is { } unit && !name.ToString().EndsWith(unit, StringComparison.Ordinal))
            name.Append('_').Append(unit);
        if (IsCounter(metric.MetricType))
            name.Append("_total");
        return name.ToString();
    }

    private static string? UnitOf(Metric metric) => metric.Unit switch
    {
        "By" => "bytes",
        "By/s" => "bytes_per_second",
        "s" => "seconds",
        "ms" => "milliseconds",
        "1" when !IsCounter(metric.MetricType) => "ratio",
        _ => null,
    };

    private static bool IsCounter(MetricType type) => type is MetricType.LongSum or MetricType.DoubleSum;

    private void WriteHeader(string name, Metric metric)
    {
        _named = name;
        if (metric.Description.Length > 0)
            _text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(IsCounter(metric.MetricType) ? " counter\n" : metric.MetricType == MetricType.Histogram ? " histogram\n" : " gauge\n");
    }

    private void WritePoint(string name, MetricType type, in MetricPoint point)
    {
        var labels = Labels(point.Tags);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                WriteSample(name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                WriteSample(name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                WriteSample(name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                WriteSample(name, labels, point.GetGaugeLastValueDouble());
                break;
            case MetricType.Histogram:
                WriteHistogram(name, labels, point);
                break;
        }
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            WriteSample($"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", count);
        }
        WriteSample($"{name}_sum", labels, point.GetHistogramSum());
        WriteSample($"{name}_count", labels, point.GetHistogramCount());
    }

    private void WriteSample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(labels.Length == 0 ? "" : ",").Append(Sanitize(key)).Append("=\"")
                .Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }
        return labels.ToString();
    }

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Sanitize(string name)
    {
        var sanitized = new StringBuilder(name.Length + 1);
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
            sanitized.Append('_');
        foreach (var c in name)
            sanitized.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return sanitized.ToString();
    }
}
