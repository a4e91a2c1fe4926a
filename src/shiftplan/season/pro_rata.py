"""pro rata"""
from __future__ import annotations
import math
from shiftplan.problem import Problem
from shiftplan.records import History
from shiftplan.case import Case
from shiftplan.roster import Roster
from shiftplan.rules import MaxShiftCount, MinShiftCount
def project(problem, part, pull=0.0):
    case=Case(problem,Roster())
    weeks=problem.horizon.days/7
    rest=weeks/part-weeks
    rows={h.volunteer_id:h for h in problem.history}
    seats=sum(r.target for r in problem.requirements if r.skill_id is None)
    offers={v.volunteer_id:case.offered(v) for v in problem.volunteers}
    W=sum(h.shifts_worked for h in problem.history)+min(seats,sum(offers.values()))
    Q=sum(h.shifts_offered for h in problem.history)+sum(offers.values())
    theta=min(1,W/Q)
    out=[]
    for v in problem.volunteers:
        h=rows.get(v.volunteer_id,History(volunteer_id=v.volunteer_id))
        rate=(h.shifts_offered+offers[v.volunteer_id])/(h.weeks+weeks)
        fut=rate*rest
        fw=theta*fut
        even=min(max(theta*(h.shifts_offered+offers[v.volunteer_id]+fut)-h.shifts_worked - theta*offers[v.volunteer_id],0),fut)
        fw=(1-pull)*fw+pull*even
        out.append(h.model_copy(update=dict(shifts_offered=h.shifts_offered+fut,shifts_worked=h.shifts_worked+fw)))
    return problem.model_copy(update={"history":tuple(out)})
def pro_rata(problem, part, *, price=100, fair=True, minprice=1.0, maxes=True, slack=0.0,offers=True):
    if part>=1: return problem
    counted={h.volunteer_id:h.counted_shifts for h in problem.history}
    case=Case(problem,Roster()); n_w=problem.horizon.days/7
    hist={h.volunteer_id:h for h in problem.history}
    def frac(v):
        if not offers: return part
        o=case.offered(v); h=hist.get(v.volunteer_id)
        off,wk=(h.shifts_offered,h.weeks) if h else (0,0)
        rate=(off+o)/(wk+n_w)
        return o/(o+rate*n_w*(1/part-1)) if o else part
    groups={}; rules=[]; n=0; extra={}
    for rule in problem.rules:
        if isinstance(rule,(MaxShiftCount,MinShiftCount)) and rule.per=="horizon" and rule.rolling_days is None and not rule.shifts:
            least=isinstance(rule,MinShiftCount)
            if not least: rules.append(rule)
            if not least and not maxes: continue
            for v in problem.volunteers:
                if rule.group and not set(rule.group)&set(v.group): continue
                share=max(0,rule.value-counted.get(v.volunteer_id,0))*frac(v)*(1+(0 if least else slack))
                lo=math.floor(share); f=share-lo
                w=rule.weight*minprice if not rule.hard else price
                key=(type(rule),lo,round(f,6),w,rule.level if not rule.hard else 1)
                extra.setdefault(key,[]).append(v.volunteer_id)
        else: rules.append(rule)
    for i,((cls,lo,f,w,lev),who) in enumerate(extra.items()):
        g=f"due {i}"
        for x in who: groups.setdefault(x,[]).append(g)
        if cls is MaxShiftCount: two=[(lo,w*(1-f)),(lo+1,w*f)]
        else: two=[(lo,w*(1-f)),(lo+1,w*f)]
        for val,wt in two:
            if round(wt)>0: rules.append(cls(value=val,rolling_days=problem.horizon.days,group=(g,),level=lev,weight=round(wt)))
    vols=tuple(v.model_copy(update={"group":(*v.group,*groups.get(v.volunteer_id,()))}) for v in problem.volunteers)
    p=problem.model_copy(update={"volunteers":vols,"rules":tuple(rules)})
    return project(p,part,pull=fair if fair is not True else 0) if fair is not False else p
