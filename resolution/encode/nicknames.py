"""Short and pet forms of given names: which tokens may stand for the same name.

One line is one group. A token may be in several groups; two tokens are nicknames of each other when they share one.
The groups below are of English and of names that many languages have; those of other languages are in `pet_names`.
"""

from functools import cache
from typing import Final

from resolution.encode.pet_names import ABROAD

GROUPS: Final = """
abigail abby abbie gail
abraham abe abram bram
adelaide addie adela ada heidi
adeline addie aline adelina
agnes aggie nessie agness inez
albert al bert albie bertie
alexander alex alec alick sandy sandie xander lex al aleksander alexandre alejandro sasha alistair alasdair
alexandra alex sandra sandy lexi lexie alexa sasha alix
alfred alf fred alfie freddie al
alice allie ally alicia ali elsie
alison ali allie ally alyson allison
amanda mandy mandi manda
amelia amy millie emily milly mia
andrew andy drew andreas andre andrei
angela angie ange angelina
ann anne anna annie nan nancy nannie nina anita annette
antony anthony tony ant anton antonio
antonia toni tonya
archibald archie arch baldie
arthur art artie arturo
augustus gus august augustine augie
barbara barb babs barbie bab bobbie
bartholomew bart bat barty tolly
beatrice bea bee trixie beatrix
benjamin ben benny benji benjy bennie
bernard bernie barney bernhard
bradley brad
bridget biddy bridie delia bridgett
calvin cal vin
cameron cam ron
caroline carrie carol caro lina carolyn carolina callie
catherine cath cathy kate katie kathy kitty kit katherine kathryn katharine kathleen kay cate catharine kat trina katy
cecilia cecily sis celia cissy
charles charlie chas chuck chick charley carlos karl carl chaz
charlotte lottie charlie lotta chattie charley
christina chris christine tina christy kirsten kristin christie chrissie kristina kristine chrissy
christopher chris kit topher kris christoph cristopher christy
clara clare claire clarissa clarice
clarence clare
clement clem
constance connie
cornelius con neil corny neal
cynthia cindy cyndi
daniel dan danny dannie
danielle dani danny
david dave davey davie davy
deborah deb debbie debby debra
dennis denny den denis
diana di diane dianne
dominic dom nic
donald don donnie donny
dorothy dot dottie dolly dora dorothea dodie
douglas doug dougie
edith edie edy
edmund ed ned ted eddie eamon
edward ed eddie ned ted teddy eddy
edwin ed eddie ned win
eleanor ellie nell nellie nora eleanora elinor ella lenora ellen helen
elizabeth beth betty liz lizzie eliza elsie bess bessie betsy libby lisa elisabeth lizzy lilibet elspeth ellie liza
emily em emmie emmy millie
emma em emmie emmy
ernest ernie ern
esther hester essie hettie hetty
eugene gene
evelyn evie eve lyn
ezekiel zeke
ezra ez
florence flo flossie florrie flora
frances fran fanny fannie francie franny frankie
francis frank fran frankie francisco franz
franklin frank frankie
frederick fred freddie freddy fritz rick frederic fredrick friedrich
frederica freda freddie
gabriel gabe
gabrielle gabby gabi
geoffrey geoff jeff jeffrey jeffery jeffry
george georgie geo jorge georg
georgina georgie gina georgia georgiana
gerald gerry jerry
gerard gerry jerry gerrard
gertrude gertie trudy
gilbert gil bert
gregory greg gregg
gwendolyn gwen wendy
hannah hanna hanne hannie
harold harry hal
harriet hattie hatty harriett
helen nell nellie lena ellen helena elena
henrietta etta hetty hettie etty henry
henry harry hal hank harrie henri heinrich enrique
herbert bert herb bertie herbie
hubert bert hugh hubie
hugh hughie huw shug
ignatius iggy
irene rena rene
isaac ike zac
isabella bella belle isabel izzy isabelle isobel ella
jacob jake jack jacobus jakob
jacqueline jackie jacqui jacquelyn
james jim jimmy jamie jas jem jimmie
jane janey jenny janie jean janet
janet jan jenny
jason jay jase
jeanette jean jeannie jeanne nettie
jeremiah jerry jeremy jerome
jennifer jen jenny jennie
jessica jess jessie
joan joanna jo joanne johanna joann
john jack johnny jon johnnie jno ian sean juan jean johann hans johan
jonathan jon jonny nathan jonathon johnny
joseph joe joey jos jo jose josef
josephine jo josie fina
joshua josh
judith judy judi jude
julia julie jules juliet
julian jules
katrina trina
kenneth ken kenny
lambert bert
laura lori laurie lolly
laurence larry laurie lawrence lars loren lorne
leonard len leo lenny leon
leopold leo
leslie les lesley
letitia letty lettie tish
lillian lily lil lilly lillie lilian
louis lou lewis louie luis ludwig
louisa lou louise lulu lola
lucas luke lucien
lucy lucille lucinda lucia
madeline maddie madge maddy madeleine
magdalena lena maggie
malcolm mal
margaret maggie meg peggy madge marge margie greta daisy rita peg marjorie margery margarita maisie margot meggie
marcus mark marc
maria marie mary mia
martha mattie patty marty
martin marty
mary molly polly may mamie minnie moll maria marie
matilda tilly mattie maud tilda
matthew matt matty matthias mat mathew
maurice morris mo moe
maximilian max
melissa mel lissa missy
melanie mel
michael mick mike mickey micky mikey michel miguel mitch
michelle shelly micki
mildred millie milly
mitchell mitch
mohammed mohammad muhammad mohamed mo ahmed
montague monty
natalie nat nattie natalia
nathaniel nat nathan nate
nathan nate nat
nicholas nick nicky nicolas nico klaus nic
nicole nicky nikki nicola nic
norman norm
oliver ollie noll
olivia liv livvy
oscar ozzy
oswald ozzy os
pamela pam
patricia pat patty tricia trish patsy pattie
patrick pat paddy rick padraig
paul paulie pablo
pauline paula polly
penelope penny
percival percy
peter pete piet pedro pierre
philip phil pip phillip philippe
philippa pippa pip
phyllis phyl
priscilla cilla prissy
rachel rae shelly rachael
ralph rafe
randolph randy dolph
randall randy
raymond ray
rebecca becky beck becca reba
reginald reg reggie rex
richard dick rick ricky rich richie dickie ritchie dicky ricardo
robert bob bobby rob robbie bert robin roberto robby bobbie
roberta bobbie robbie
roderick rod roddy rick
rodney rod
roger rog rodger
roland rollo roly rowland orlando
ronald ron ronnie ronny
rosalind ros roz
rose rosie rosa rosemary
rosemary rose rosie romy
russell russ rusty
ruth ruthie
samantha sam sammy
samuel sam sammy sammie
sarah sally sadie sal sara
sebastian seb bastian
sharon shari shaz
sidney sid sydney syd
silvester sylvester sly vester
simon si sim simeon
solomon sol
sophia sophie sofia
stanley stan
stephen steve steven stevie stephan stefan
stephanie steph stephie
susan sue susie suzie sukey suzanne susanna susannah suzy
sylvia sylvie
tabitha tabby
terence terry terrence
teresa terry tess theresa tessa tracy therese
theodora dora thea theo
theodore ted teddy theo
thomas tom tommy thos tommie
timothy tim timmy
tobias toby
ursula ursie
valentine val
valerie val
veronica ronnie vera roni
victor vic vick
victoria vicky vicki tori vic vickie
vincent vin vince vinny
violet vi
virginia ginny ginger
vivian viv vivien
walter wally walt wat
wilfred will fred wilf wilfrid
wilhelmina mina minnie willa
william will bill billy willie liam wm willy wills guillermo wilhelm
winifred winnie freda win
winston win
zachary zach zack zachariah zac
"""


@cache
def nickname_groups() -> dict[str, tuple[int, ...]]:
    """Groups of each token, by number."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate("".join((GROUPS, *ABROAD)).split("\n")):
        for token in dict.fromkeys(line.split()):
            found.setdefault(token, []).append(number)
    return {token: tuple(groups) for token, groups in found.items()}
