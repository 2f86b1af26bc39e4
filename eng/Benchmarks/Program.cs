using BenchmarkDotNet.Running;
using Shop.Benchmarks;

switch (args)
{
    case ["hitrates"]:
        HitRates.Print();
        break;
    case ["instances"]:
        Instances.Print();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(GetOrAddBenchmark).Assembly).Run(args);
        break;
}
