using BenchmarkDotNet.Running;
using Shop.Benchmarks;

switch (args)
{
    case ["hitrates"]:
        HitRates.Print();
        break;
    case ["times"]:
        Times.Print();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(GetOrAddBenchmark).Assembly).Run(args);
        break;
}
